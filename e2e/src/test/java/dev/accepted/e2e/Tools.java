package dev.accepted.e2e;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs that are not Java's and that some tests need. Where one is missing the test is skipped with a line that says
 * so; with {@code -Daccepted.tools=required} it fails.
 */
public final class Tools {

    private static final String REQUIRED = "required";
    private static final Path FROM_NPM = Path.of("e2e", "tools", "node_modules");

    private Tools() {}

    /**
     * The first of these programs that is on the path.
     *
     * @param names under which it may be installed
     */
    public static Path require(String... names) {
        return Arrays.stream(names)
                .flatMap(name -> onPath(name).stream())
                .findFirst()
                .orElseGet(() -> missing("No " + String.join(" or ", names) + " on this machine"));
    }

    /** A file of an npm package, for example {@code specmatic/specmatic.jar}. */
    public static Path fromNpm(String file) {
        return Optional.of(LocalSystem.checkout().resolve(FROM_NPM).resolve(file))
                .filter(Files::exists)
                .orElseGet(() -> missing("No " + file + " (npm install --prefix e2e/tools)"));
    }

    private static Path missing(String what) {
        if (REQUIRED.equals(System.getProperty("accepted.tools"))) {
            throw new AssertionError(what + ", and -Daccepted.tools=required");
        }
        System.out.println(what + ": a test is skipped");
        return Assumptions.abort(what);
    }

    private static Optional<Path> onPath(String name) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
