package dev.accepted.localstack;

import dev.accepted.localstack.containers.ContainerServers;
import dev.accepted.localstack.files.Trees;
import dev.accepted.localstack.kafka.KafkaBroker;
import dev.accepted.localstack.kafka.KafkaCluster;
import dev.accepted.localstack.postgres.PostgresNode;
import dev.accepted.localstack.process.JavaProgram;
import dev.accepted.localstack.process.LeashedProcess;
import dev.accepted.localstack.process.Ports;
import dev.accepted.localstack.process.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.BooleanSupplier;

/**
 * A Kafka broker and a PostgreSQL server of this JVM's own, in a directory that goes with it; in containers where
 * {@code -Daccepted.stack=containers} asks for them.
 *
 * <p>Both start at the first {@link #shared()} and stop with the JVM. Class loaders do not matter: whichever asks
 * second finds what the first one started. Safe for use by several threads.
 */
public final class LocalStack {

    /** What {@code -Daccepted.stack} says for servers in Docker's containers. */
    private static final String CONTAINERS = "containers";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Short-lived and never a bottleneck of a test: quick to start and small. */
    private static final List<String> BROKER_FLAGS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k", "-Xshare:auto");

    private final StackAddress address;

    private LocalStack(StackAddress address) {
        this.address = address;
    }

    /**
     * This JVM's stack; the first call takes a few seconds.
     *
     * @throws IllegalStateException when a server does not come up; the end of its log is in the message
     */
    public static LocalStack shared() {
        Properties jvm = System.getProperties();
        // The only lock that all class loaders of a JVM share, and the only place where all can look.
        synchronized (jvm) {
            return new LocalStack(StackAddress.readFrom(jvm).orElseGet(() -> {
                StackAddress started = start();
                started.writeTo(jvm);
                return started;
            }));
        }
    }

    /** {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return address.bootstrapServers();
    }

    /** The database that is there from the beginning; all who use it share it. */
    public TestDatabase database() {
        return new TestDatabase(address.jdbcUrl(), PostgresNode.USER, address.password());
    }

    /** A fresh, empty database on the same server. */
    public TestDatabase newDatabase() {
        return database().createSibling();
    }

    private static StackAddress start() {
        return CONTAINERS.equals(System.getProperty("accepted.stack")) ? startContainers() : startProcesses();
    }

    private static StackAddress startContainers() {
        ContainerServers servers = ContainerServers.start(KafkaCluster.sharedSettings(), PostgresNode.USER);
        return new StackAddress(servers.bootstrapServers(), servers.jdbcUrl(), servers.password());
    }

    private static StackAddress startProcesses() {
        try {
            Path directory = Files.createTempDirectory("accepted-stack-");
            Ports ports = new Ports(new SecureRandom());
            KafkaBroker broker = KafkaCluster.prepare(directory.resolve("kafka"), 1, ports)
                    .brokers()
                    .get(0);
            LeashedProcess kafka = LeashedProcess.start(broker.command(
                    JavaProgram.ownClassPath(), BROKER_FLAGS, directory.resolve("kafka.log"), StopSignal.KILL));
            PostgresNode node = PostgresNode.prepare(directory.resolve("postgres"), ports);
            LeashedProcess postgres =
                    LeashedProcess.start(node.command(directory.resolve("postgres.log"), StopSignal.QUIT));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(directory, List.of(kafka, postgres))));
            await(postgres, node::isReady);
            await(kafka, broker::isReady);
            return new StackAddress(broker.address(), node.jdbcUrl(PostgresNode.USER), node.password());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the stack was starting", e);
        }
    }

    private static void await(LeashedProcess process, BooleanSupplier ready) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ready.getAsBoolean()) {
            if (process.awaitExit(Duration.ofMillis(20)) || System.nanoTime() > deadline) {
                throw new IllegalStateException(process.command().name() + " did not come up:\n"
                        + Files.readString(process.command().log()));
            }
        }
    }

    private static void stop(Path directory, List<LeashedProcess> processes) {
        processes.forEach(LeashedProcess::close);
        try {
            for (LeashedProcess process : processes) {
                process.awaitExit(Duration.ofSeconds(5));
            }
            Trees.delete(directory);
        } catch (IOException | InterruptedException e) {
            // The JVM is going down; a directory under the system's temporary one is left to the system.
        }
    }
}
