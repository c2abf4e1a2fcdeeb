package dev.accepted.testkit;

import dev.accepted.localstack.LocalStack;
import dev.accepted.localstack.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.flywaydb.core.Flyway;

/**
 * A real broker and a real database as a worker finds them, for {@code @QuarkusTest}: the gateway has made its topics and
 * tables. {@code executions} in the directory of objects is a file that probes log to.
 */
public final class WorkerStack implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        LocalStack stack = LocalStack.shared();
        TestDatabase database = stack.newDatabase();
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .load()
                .migrate();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic("jobs.events", 4, (short) 1),
                            new NewTopic("jobs.catalog", 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
            Path objects = Files.createTempDirectory("objects");
            return Map.of(
                    "kafka.bootstrap.servers", stack.bootstrapServers(),
                    "quarkus.datasource.jdbc.url", database.jdbcUrl(),
                    "quarkus.datasource.username", database.user(),
                    "quarkus.datasource.password", database.password(),
                    "accepted.objects.directory", objects.toString(),
                    "probe.execution.log", objects.resolve("executions").toString(),
                    "accepted.topics.replication", "1",
                    "accepted.topics.min-isr", "1",
                    "accepted.topics.command-partitions", "4");
        } catch (ExecutionException e) {
            throw new IllegalStateException("Topics cannot be made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The stack goes with the JVM.
    }
}
