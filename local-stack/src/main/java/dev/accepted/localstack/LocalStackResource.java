package dev.accepted.localstack;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Points a Quarkus test at this JVM's {@link LocalStack}: {@code @WithTestResource(LocalStackResource.class)}.
 *
 * <p>The argument {@code database=new} gives the application a fresh, empty database at each start; without it all
 * share one.
 */
public final class LocalStackResource implements QuarkusTestResourceLifecycleManager {

    private boolean fresh;

    @Override
    public void init(Map<String, String> arguments) {
        fresh = "new".equals(arguments.get("database"));
    }

    @Override
    public Map<String, String> start() {
        LocalStack stack = LocalStack.shared();
        TestDatabase database = fresh ? stack.newDatabase() : stack.database();
        return Map.of(
                "kafka.bootstrap.servers", stack.bootstrapServers(),
                "quarkus.datasource.jdbc.url", database.jdbcUrl(),
                "quarkus.datasource.username", database.user(),
                "quarkus.datasource.password", database.password());
    }

    @Override
    public void stop() {
        // The stack goes with the JVM; the next test class finds it running.
    }
}
