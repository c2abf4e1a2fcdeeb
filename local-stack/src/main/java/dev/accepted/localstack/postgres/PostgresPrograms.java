package dev.accepted.localstack.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How this user runs PostgreSQL's programs.
 *
 * <p>They refuse root. Root therefore enters a user namespace in which it has no special rights: the files stay root's,
 * and the process id stays the program's own.
 */
final class PostgresPrograms {

    private final Path bin;
    private final List<String> prefix;

    private PostgresPrograms(Path bin, List<String> prefix) {
        this.bin = bin;
        this.prefix = List.copyOf(prefix);
    }

    static PostgresPrograms find() throws IOException, InterruptedException {
        Path bin = PostgresBinaries.unpacked().resolve("bin");
        if (new UnixSystem().getUid() != 0) {
            return new PostgresPrograms(bin, List.of());
        }
        List<String> unprivileged = List.of("unshare", "-U");
        if (!works(unprivileged)) {
            throw new IOException("PostgreSQL refuses to run as root, and `unshare -U` (a user namespace without"
                    + " root's rights) does not work here. Run this as another user.");
        }
        return new PostgresPrograms(bin, unprivileged);
    }

    /** The command line of one of the programs. */
    List<String> words(String program, List<String> arguments) {
        List<String> words = new ArrayList<>(prefix);
        words.add(bin.resolve(program).toString());
        words.addAll(arguments);
        return words;
    }

    /** Runs a program to its end with {@code input}; what it says goes to {@code log}. */
    void run(String program, List<String> arguments, String input, Path log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words(program, arguments))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
        try (var stdin = process.outputWriter()) {
            stdin.write(input);
        }
        if (process.waitFor() != 0) {
            throw new IOException(program + " failed:\n" + Files.readString(log));
        }
    }

    private static boolean works(List<String> prefix) throws InterruptedException {
        List<String> words = new ArrayList<>(prefix);
        words.add("true");
        try {
            return new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.to(new File("/dev/null")))
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}
