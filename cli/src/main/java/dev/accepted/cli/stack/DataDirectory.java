package dev.accepted.cli.stack;

import dev.accepted.cli.process.RunDirectory;
import java.nio.file.Path;

/**
 * Where a stack keeps everything it has.
 *
 * @param root absolute
 */
public record DataDirectory(Path root) {

    /** The directory that {@code path} names, seen from where the user is. */
    public static DataDirectory of(Path path) {
        return new DataDirectory(path.toAbsolutePath().normalize());
    }

    /** Who runs. */
    public RunDirectory runs() {
        return new RunDirectory(root.resolve("run"));
    }

    /** The log of a process. */
    public Path log(String name) {
        return root.resolve("log").resolve(name + ".log");
    }

    /** The object store: large inputs, results, reference data. */
    public Path objects() {
        return root.resolve("objects");
    }

    /** Keys, made once. */
    public Path secrets() {
        return root.resolve("secrets");
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path mail() {
        return root.resolve("mail");
    }

    Path lock() {
        return root.resolve("lock");
    }

    Path description() {
        return root.resolve("stack.json");
    }
}
