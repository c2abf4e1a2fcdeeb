package dev.accepted.house;

import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.LocationProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The working tree and its modules. */
final class Tree {

    private static final Pattern MODULE = Pattern.compile("<module>(.+?)</module>");
    private static final Set<String> LIBRARIES_OF_WORKERS = Set.of("worker/engine", "worker/test-kit");

    private Tree() {}

    static Path root() {
        for (Path here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
            if (Files.exists(here.resolve("docker-compose.yml"))) {
                return here;
            }
        }
        throw new IllegalStateException("Started outside of the working tree");
    }

    static String read(String path) {
        try {
            return Files.readString(root().resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Directories of the modules, as the root pom lists them. */
    static List<String> modules() {
        return MODULE.matcher(read("pom.xml"))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** Modules that are a worker process each. */
    static List<String> workers() {
        return modules().stream()
                .filter(module -> module.startsWith("worker/") && !LIBRARIES_OF_WORKERS.contains(module))
                .toList();
    }

    private static Set<Location> locations(String sources, String classes) {
        return modules().stream()
                .map(module -> root().resolve(module))
                .filter(module -> Files.isDirectory(module.resolve(sources)))
                .map(module -> built(module.resolve(classes)))
                .collect(Collectors.toSet());
    }

    private static Location built(Path classes) {
        if (!Files.isDirectory(classes)) {
            throw new IllegalStateException(classes + " is not built; run mvn verify at the root of the tree");
        }
        return Location.of(classes);
    }

    /** What is shipped. */
    static final class MainClasses implements LocationProvider {
        @Override
        public Set<Location> get(Class<?> test) {
            return locations("src/main/java", "target/classes");
        }
    }

    /** What tests it. */
    static final class TestClasses implements LocationProvider {
        @Override
        public Set<Location> get(Class<?> test) {
            return locations("src/test/java", "target/test-classes");
        }
    }
}
