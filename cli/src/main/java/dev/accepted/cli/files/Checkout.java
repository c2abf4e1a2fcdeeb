package dev.accepted.cli.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The working tree that the launcher stands in.
 *
 * @param root absolute; the launcher names it in the system property {@code accepted.home}
 */
public record Checkout(Path root) {

    /** The tree of the launcher that started this JVM, or the current directory. */
    public static Checkout current() {
        return new Checkout(Path.of(System.getProperty("accepted.home", ""))
                .toAbsolutePath()
                .normalize());
    }

    /** Where a module's Quarkus application is built to. */
    public Path application(String module) {
        return root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** Where stacks are kept unless a directory is named. */
    public Path defaultData() {
        return root.resolve(".accepted");
    }

    /** Example requests and reference data. */
    public Path examples() {
        return root.resolve("examples");
    }

    /** Where the demo puts what it fetched. */
    public Path demoResults() {
        return root.resolve("demo-results");
    }

    /** Remembers the directory of the stack that was started last. */
    public void rememberLast(Path data) {
        try {
            Files.createDirectories(defaultData());
            Files.writeString(lastFile(), data + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory of the stack that was started last; empty when none ever was. */
    public Optional<Path> last() {
        try {
            return Optional.of(Path.of(Files.readString(lastFile()).strip()));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private Path lastFile() {
        return defaultData().resolve("last");
    }
}
