package dev.accepted.engine.process;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** The engine's settings; {@code docs/configuration.md} lists them. */
@ConfigMapping(prefix = "accepted")
public interface EngineConfig {

    Worker worker();

    /**
     * Keys that seal job ids, in Base64: the same as the gateways'. A command that none of them sealed is not run.
     */
    List<String> idKey();

    /** How long a job is kept: the same as the gateways'. A command of an older one is not run. */
    @WithDefault("P30D")
    Duration retention();

    Objects objects();

    Topics topics();

    /** This process. */
    interface Worker {

        /** Its name in events, leases and logs. */
        @WithDefault("worker")
        String name();

        /** Jobs it runs at once. */
        @WithDefault("4")
        int slots();

        /** Commands it takes with one poll; it polls only while it has so many slots free. */
        @WithDefault("1")
        int pollRecords();

        /** How long a lease lives without being renewed; it is renewed every second. */
        @WithDefault("PT10S")
        Duration leaseTtl();

        /** How long running jobs may go on when the worker is stopped, before they are handed back. */
        @WithDefault("PT10S")
        Duration drain();

        /** A job that ends within this time sends its final event alone. */
        @WithDefault("PT0.05S")
        Duration linger();

        /**
         * How long a handler may go on after it was interrupted because its type's timeout or its job's deadline was
         * over. Then its attempt is given up, and its slot is free again only when its thread ends.
         */
        @WithDefault("PT10S")
        Duration grace();

        Outage outage();
    }

    /** When failures of a job type are taken for an outage of what its jobs need, and retries slow down. */
    interface Outage {

        /** So many different jobs of the type failed and none succeeded between them. */
        @WithDefault("10")
        int jobs();

        /** Within this time. */
        @WithDefault("PT1M")
        Duration window();

        /** Shortest wait before a retry then; it grows to what the outage has lasted, up to the type's longest delay. */
        @WithDefault("PT30S")
        Duration delay();
    }

    /** The object store. */
    interface Objects {

        /** Directory of the filesystem store, shared by gateways and workers. */
        String directory();
    }

    /** How the queue's topic is made if it is not there yet. */
    interface Topics {

        @WithDefault("3")
        short replication();

        @WithDefault("2")
        int minIsr();

        /** Partitions of the queue's topic. */
        @WithDefault("12")
        int commandPartitions();

        /** How long commands are kept. */
        @WithDefault("P31D")
        Duration retention();
    }
}
