package dev.accepted.e2e;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * External tools, which a machine may lack: the test that needs one is then skipped with a line that says so, or fails
 * where {@code -Daccepted.tools=required} says that all are there.
 */
public final class Tools {

    private static final Path FROM_NPM = Path.of("e2e", "tools", "node_modules");

    private Tools() {}

    /** A program on the PATH. */
    public static Path program(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> missing(name + " is not on the PATH"));
    }

    /** A file of an npm package, for example {@code specmatic/specmatic.jar}. */
    public static Path fromNpm(String file) {
        return Optional.of(LocalSystem.checkout().resolve(FROM_NPM).resolve(file))
                .filter(Files::exists)
                .orElseGet(() -> missing(file + " is not there: npm install --prefix e2e/tools"));
    }

    private static Path missing(String what) {
        if (System.getProperty("accepted.tools", "").equals("required")) {
            return fail(what);
        }
        return abort("Skipped: " + what);
    }
}
