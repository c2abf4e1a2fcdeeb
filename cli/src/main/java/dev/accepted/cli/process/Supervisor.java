package dev.accepted.cli.process;

import dev.accepted.cli.terminal.Refusal;
import dev.accepted.localstack.process.Command;
import dev.accepted.localstack.process.LeashedProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts processes, tells when one of them dies, and stops them role by role.
 *
 * <p>A process that dies is reported and not started again. Safe for use by several threads: once a stop has begun
 * nothing can be started any more, and everybody who calls {@link #stop()} waits until all has ended.
 */
public final class Supervisor {

    /** Above the leash's own patience, after which it kills. */
    private static final Duration UNTIL_KILLED = Duration.ofSeconds(6);

    private final RunDirectory runs;
    private final PrintStream messages;
    private final List<Supervised> processes = new ArrayList<>();
    private final Object stopLock = new Object();
    private volatile boolean settled;
    private volatile boolean stopping;

    /** @param messages takes the news of deaths */
    public Supervisor(RunDirectory runs, PrintStream messages) {
        this.runs = runs;
        this.messages = messages;
    }

    /**
     * Starts a process and writes its run file; its log begins anew, the last one is kept as {@code .old}.
     *
     * @param url for the run file
     * @param api for the run file, if it has one
     * @throws Refusal when it cannot be started, or everything is being stopped
     */
    public synchronized Supervised start(Role role, Command command, String url, @Nullable String api) {
        if (stopping) {
            throw new Refusal("Stopping; " + command.name() + " is not started any more.");
        }
        try {
            keepOldLog(command.log());
            Supervised process = new Supervised(role, LeashedProcess.start(command));
            processes.add(process);
            ProcessIdentity identity = ProcessIdentity.of(process.process().pid());
            runs.write(new RunFile(
                    command.name(), identity, url, api, command.log().toString()));
            var unused = process.process().exit().thenAccept(status -> ended(command, identity, status));
            return process;
        } catch (IOException e) {
            throw new Refusal(command.name() + " could not be started: " + e.getMessage(), e);
        }
    }

    /**
     * From now on deaths are reported; until now they were failures of whoever waited for the process.
     *
     * @throws Refusal when one has died meanwhile
     */
    public synchronized void settled() {
        settled = true;
        for (Supervised process : processes) {
            process.death().ifPresent(death -> {
                throw death;
            });
        }
    }

    /** Whether {@link #stop()} has been called. */
    public boolean isStopping() {
        return stopping;
    }

    /** Stops all, workers first, and returns when nothing of it runs. */
    public void stop() {
        for (Role role : Role.values()) {
            stop(role);
        }
    }

    /** Stops those of one role, the first of an orderly stop; nothing can be started any more. */
    public void stop(Role role) {
        stopping = true;
        synchronized (stopLock) {
            stop(ofRole(role), role.patience());
        }
    }

    private synchronized List<Supervised> ofRole(Role role) {
        return processes.stream().filter(process -> process.role() == role).toList();
    }

    private static void stop(List<Supervised> group, Duration patience) {
        try {
            group.forEach(process -> process.process().askToStop());
            awaitAll(group, patience);
            group.forEach(process -> process.process().close());
            awaitAll(group, UNTIL_KILLED);
        } catch (InterruptedException e) {
            group.forEach(process -> process.process().close());
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitAll(List<Supervised> group, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Supervised process : group) {
            process.process().awaitExit(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }

    private void ended(Command command, ProcessIdentity identity, int status) {
        // Whoever has taken its place by now keeps the file.
        runs.remove(command.name(), identity);
        if (settled && !stopping) {
            messages.println(command.name() + " ended with " + ExitStatus.describe(status)
                    + "; the others go on. \"./accepted start " + command.name() + "\" brings it back. Its log: "
                    + command.log());
        }
    }

    private static void keepOldLog(Path log) throws IOException {
        if (Files.exists(log)) {
            Path old = log.resolveSibling(log.getFileName() + ".old");
            Files.move(log, old, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
