package dev.accepted.localstack.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A running child that ends when this JVM ends, however it ends.
 *
 * <p>The child has a session (or at least a process group) of its own, so a Ctrl-C at the terminal reaches only this
 * JVM, which then stops its children in order. Safe for use by several threads.
 */
public final class LeashedProcess implements AutoCloseable {

    /** Seconds between the stop signal and SIGKILL once the leash is let go. */
    private static final int PATIENCE_SECONDS = 4;

    private static final String SCRIPT = script();
    private static final boolean HAS_SETSID = onPath("setsid");

    private final Command command;
    private final Process leash;
    private final long pid;
    private final @Nullable ProcessHandle child;
    private final CompletableFuture<Integer> exit;

    private LeashedProcess(Command command, Process leash, long pid) {
        this.command = command;
        this.leash = leash;
        this.pid = pid;
        this.child = ProcessHandle.of(pid).orElse(null);
        this.exit = leash.onExit().thenApply(ended -> {
            killWhatTheLeashLeft();
            return ended.exitValue();
        });
    }

    /**
     * Starts {@code command} under a leash.
     *
     * <p>A program that cannot be run shows as exit status 126 or 127, with the reason in the log.
     *
     * @throws IOException when no shell can be started or the log cannot be written
     */
    public static LeashedProcess start(Command command) throws IOException {
        Files.createDirectories(command.log().toAbsolutePath().getParent());
        ProcessBuilder builder = new ProcessBuilder(words(command))
                .directory(command.directory().toFile())
                .redirectError(Redirect.appendTo(command.log().toFile()));
        builder.environment().putAll(command.environment());
        Process leash = builder.start();
        try (BufferedReader output = leash.inputReader(StandardCharsets.US_ASCII)) {
            String pid = output.readLine();
            if (pid == null) {
                throw new IOException(command.name() + " could not be started; see " + command.log());
            }
            return new LeashedProcess(command, leash, Long.parseLong(pid));
        }
    }

    private static List<String> words(Command command) {
        List<String> words = new ArrayList<>();
        if (HAS_SETSID) {
            words.add("setsid");
        }
        words.addAll(List.of("sh", "-c", SCRIPT, "leash", command.stop().name()));
        words.add(Integer.toString(PATIENCE_SECONDS));
        words.add(command.log().toAbsolutePath().toString());
        words.add(HAS_SETSID ? "session" : "group");
        words.addAll(command.words());
        return words;
    }

    /** What was started. */
    public Command command() {
        return command;
    }

    /** The child's own process id. */
    public long pid() {
        return pid;
    }

    /** Completes with the child's exit status; 128 + n when signal n ended it. */
    public CompletableFuture<Integer> exit() {
        return exit.copy();
    }

    /** Whether the child still runs. */
    public boolean isAlive() {
        return leash.isAlive();
    }

    /** Sends the command's stop signal, and nothing more: the child takes the time that it needs. */
    public void askToStop() {
        try {
            OutputStream input = leash.getOutputStream();
            input.write('\n');
            input.flush();
        } catch (IOException alreadyGone) {
            // The leash has ended, and so has its child: that is what was asked for.
        }
    }

    /** Waits for the end; false when it did not come in time. */
    public boolean awaitExit(Duration patience) throws InterruptedException {
        try {
            exit.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("The leash of " + command.name() + " cannot be waited for", e.getCause());
        }
    }

    /** Lets the leash go: stop signal now, SIGKILL four seconds later. Returns at once. */
    @Override
    public void close() {
        try {
            leash.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // As above.
        }
    }

    private void killWhatTheLeashLeft() {
        // Only when somebody killed the leash itself; the handle knows the start time, so no stranger is hit.
        Optional.ofNullable(child).filter(ProcessHandle::isAlive).ifPresent(ProcessHandle::destroyForcibly);
    }

    private static boolean onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
        for (String directory : path.split(File.pathSeparator, -1)) {
            if (new File(directory, program).canExecute()) {
                return true;
            }
        }
        return false;
    }

    private static String script() {
        try (InputStream script = LeashedProcess.class.getResourceAsStream("leash.sh")) {
            if (script == null) {
                throw new IllegalStateException("leash.sh is missing beside " + LeashedProcess.class);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
