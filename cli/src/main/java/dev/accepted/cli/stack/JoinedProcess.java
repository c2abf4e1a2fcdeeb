package dev.accepted.cli.stack;

import dev.accepted.cli.process.Awaited;
import dev.accepted.cli.process.Role;
import dev.accepted.cli.process.RunDirectory;
import dev.accepted.cli.process.RunFile;
import dev.accepted.cli.process.Supervised;
import dev.accepted.cli.process.Supervisor;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** A process of this launcher's own in somebody else's stack. */
final class JoinedProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration GLANCE = Duration.ofMillis(200);

    /** Above what all roles together may take to stop. */
    private static final Duration LAST_TURN = Duration.ofMinutes(1);

    private final RunningStack stack;
    private final Supervisor supervisor;
    private final Supervised process;
    private final PrintStream messages;

    private JoinedProcess(RunningStack stack, Supervisor supervisor, Supervised process, PrintStream messages) {
        this.stack = stack;
        this.supervisor = supervisor;
        this.process = process;
        this.messages = messages;
    }

    /** Starts it and waits until it is ready; nobody else joins the stack while {@code starter} chooses a name. */
    static JoinedProcess start(RunningStack stack, PrintStream messages, Function<Supervisor, Awaited> starter)
            throws InterruptedException {
        RunDirectory runs = stack.data().runs();
        Supervisor supervisor = new Supervisor(runs, messages);
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "stop-joined"));
        // Two that join at once must not take the same name: it is taken when the run file is written.
        Awaited awaited = runs.exclusively(() -> starter.apply(supervisor));
        try {
            Awaited.all(List.of(awaited), PATIENCE);
        } catch (RuntimeException e) {
            supervisor.stop();
            throw e;
        }
        return new JoinedProcess(stack, supervisor, awaited.process(), messages);
    }

    /** Where it is reached; of a worker, where its health is told. */
    String url() {
        return stack.data().runs().running().stream()
                .filter(file -> file.name().equals(process.name()))
                .map(RunFile::url)
                .findFirst()
                .orElse("");
    }

    /** The same for people's eyes: without the password that a database's has. */
    String address() {
        return url().replaceFirst("//[^/@]*@", "//");
    }

    /** Returns 0 when the stack has gone, 1 when the process has; a signal ends the JVM instead. */
    int untilItEnds() throws InterruptedException {
        while (!process.process().awaitExit(GLANCE)) {
            if (!stack.isUp()) {
                messages.println("The stack on " + stack.data().root() + " is gone; " + process.name() + " stops.");
                awaitItsTurn();
                return 0;
            }
        }
        messages.println(process.name() + " ended by itself. Its log: "
                + process.process().command().log());
        return 1;
    }

    /** Who needs it ends before it, in this stack as in any. */
    private void awaitItsTurn() throws InterruptedException {
        long deadline = System.nanoTime() + LAST_TURN.toNanos();
        while (needed() && System.nanoTime() < deadline && !process.process().awaitExit(GLANCE)) {}
    }

    private boolean needed() {
        return stack.data().runs().running().stream()
                .anyMatch(file -> Role.ofProcess(file.name()).compareTo(process.role()) < 0);
    }

    @Override
    public void close() {
        supervisor.stop();
    }
}
