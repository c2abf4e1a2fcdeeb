package dev.accepted.gateway.system;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The gateway's own settings; {@code docs/configuration.md} lists them. */
@ConfigMapping(prefix = "accepted")
public interface GatewayConfig {

    /** {@code production}, or {@code local}: anonymous clients are allowed and only loopback is served. */
    @WithDefault("production")
    Mode mode();

    /** Base64 keys that seal job ids, comma separated: the first seals, all verify. */
    List<String> idKey();

    /** How long a job is kept. */
    @WithDefault("P30D")
    Duration retention();

    Objects objects();

    Jwt jwt();

    Topics topics();

    Worker worker();

    Sweep sweep();

    Idempotency idempotency();

    Watching watching();

    Limits limits();

    Drain drain();

    /** The two ways to run. */
    enum Mode {
        PRODUCTION,
        LOCAL
    }

    /** The object store. */
    interface Objects {

        /** Directory of the filesystem store, shared by gateways and workers. */
        String directory();

        /** Inputs above so many bytes travel by claim check. */
        @WithDefault("262144")
        int claimCheckAboveBytes();
    }

    /** Bearer tokens. */
    interface Jwt {

        /** PEM file or JWKS address of the issuer's public keys. */
        Optional<String> publicKeyLocation();

        Optional<String> issuer();

        @WithDefault("accepted")
        String audience();

        /** The claim that names the tenant. */
        @WithDefault("tenant")
        String tenantClaim();
    }

    /** How topics are made that are not there yet. */
    interface Topics {

        @WithDefault("3")
        short replication();

        @WithDefault("2")
        int minIsr();

        /** Partitions of {@code jobs.events}; never changes. */
        @WithDefault("12")
        int eventPartitions();
    }

    /** What must be known here of the workers. */
    interface Worker {

        /** How long a worker's lease lives without being renewed: the same value as the workers' own. */
        @WithDefault("PT10S")
        Duration leaseTtl();
    }

    /** The safety net for jobs that nothing would move. */
    interface Sweep {

        /** Pause between two looks. */
        @WithDefault("PT1M")
        Duration period();
    }

    /** Keys that clients send with their submissions. */
    interface Idempotency {

        /** Whether a submission without one is refused. */
        @WithDefault("false")
        boolean required();

        /** How long a key stands for its job, from when it was first sent; never longer than the retention. */
        @WithDefault("PT24H")
        Duration kept();
    }

    /** Those who follow jobs without asking again. */
    interface Watching {

        /** So many streams and waits at once; further streams are refused, further waits answered at once. */
        @WithDefault("10000")
        int followers();

        /** How long a ticket for a stream is good. */
        @WithDefault("PT30S")
        Duration ticketLife();
    }

    /** What requests may do at most. */
    interface Limits {

        /** How long a request may stand still while it arrives: its head as a whole, its body from one byte to the next. */
        @WithDefault("PT10S")
        Duration stall();
    }

    /** How the gateway leaves. */
    interface Drain {

        /** How long everything is still served after readiness went down. */
        @WithDefault("PT1S")
        Duration notice();

        /** How long the requests in flight may take after that. */
        @WithDefault("PT10S")
        Duration timeout();
    }
}
