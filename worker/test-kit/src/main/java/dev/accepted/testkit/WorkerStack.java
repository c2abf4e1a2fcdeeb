package dev.accepted.testkit;

import dev.accepted.contract.id.IdSeal;
import dev.accepted.localstack.LocalStack;
import dev.accepted.localstack.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.flywaydb.core.Flyway;

/**
 * A real broker and a real database as a worker finds them, for {@code @QuarkusTest}: the gateway has made its topics and
 * tables. {@code executions} in the directory of objects is a file that probes log to.
 */
public final class WorkerStack implements QuarkusTestResourceLifecycleManager {

    private static final byte[] ID_KEY = "a key for the tests of workers".getBytes(StandardCharsets.US_ASCII);

    /** Seals ids of jobs that the worker takes for genuine. */
    public static IdSeal seal() {
        return new IdSeal(List.of(ID_KEY));
    }

    @Override
    public Map<String, String> start() {
        LocalStack stack = LocalStack.shared();
        TestDatabase database = stack.newDatabase();
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .load()
                .migrate();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            make(admin, new NewTopic("jobs.events", 4, (short) 1));
            make(admin, new NewTopic("jobs.dead", 1, (short) 1));
            make(admin, new NewTopic("jobs.catalog", 1, (short) 1).configs(Map.of("cleanup.policy", "compact")));
            Path objects = Files.createTempDirectory("objects");
            return Map.ofEntries(
                    Map.entry("kafka.bootstrap.servers", stack.bootstrapServers()),
                    Map.entry("quarkus.datasource.jdbc.url", database.jdbcUrl()),
                    Map.entry("quarkus.datasource.username", database.user()),
                    Map.entry("quarkus.datasource.password", database.password()),
                    Map.entry("accepted.objects.directory", objects.toString()),
                    Map.entry(
                            "probe.execution.log", objects.resolve("executions").toString()),
                    Map.entry("accepted.topics.replication", "1"),
                    Map.entry("accepted.topics.min-isr", "1"),
                    Map.entry("accepted.topics.command-partitions", "4"),
                    Map.entry("accepted.id-key", Base64.getEncoder().encodeToString(ID_KEY)));
        } catch (ExecutionException e) {
            throw new IllegalStateException("Topics cannot be made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A topic that an earlier application of this JVM had is used again. */
    private static void make(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    @Override
    public void stop() {
        // The stack goes with the JVM.
    }
}
