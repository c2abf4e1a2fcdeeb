package dev.accepted.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Two gateways and their workers for the tests that leave a system as they found it: it is started for the first of
 * them and stopped after the last, for a start takes longer than most tests. Jobs of other tests are in it.
 */
public final class SharedSystem implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedSystem.class);
    private static final String EXECUTIONS = "executions";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == LocalSystem.class;
    }

    @Override
    public LocalSystem resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Running.class, key -> Running.start(), Running.class)
                .system();
    }

    /** Where its worker of probes writes which job it executes, and which attempt of it. */
    public static Path executions(LocalSystem shared) {
        return shared.data().resolveSibling(EXECUTIONS);
    }

    /** Lives as long as the test run. */
    private record Running(LocalSystem system) implements AutoCloseable {

        static Running start() {
            try {
                Path directory = Files.createTempDirectory("shared-system");
                return new Running(LocalSystem.up(
                        directory.resolve("data"),
                        Map.of(
                                "PROBE_EXECUTION_LOG",
                                directory.resolve(EXECUTIONS).toString()),
                        "--gateways",
                        "2",
                        "--workers",
                        "probe=1,analytics=1,webhooks=1"));
            } catch (IOException e) {
                throw new IllegalStateException("The shared system does not start", e);
            }
        }

        @Override
        public void close() throws IOException {
            system.close();
            try (Stream<Path> files = Files.walk(system.data().getParent())) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
