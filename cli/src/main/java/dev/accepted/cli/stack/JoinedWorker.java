package dev.accepted.cli.stack;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.process.Awaited;
import dev.accepted.cli.process.RunDirectory;
import dev.accepted.cli.process.RunFile;
import dev.accepted.cli.process.Supervised;
import dev.accepted.cli.process.Supervisor;
import dev.accepted.localstack.process.Ports;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A worker of this process's own in somebody else's stack. */
final class JoinedWorker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration GLANCE = Duration.ofMillis(200);

    private final RunningStack stack;
    private final Supervisor supervisor;
    private final Supervised process;
    private final PrintStream messages;

    private JoinedWorker(RunningStack stack, Supervisor supervisor, Supervised process, PrintStream messages) {
        this.stack = stack;
        this.supervisor = supervisor;
        this.process = process;
        this.messages = messages;
    }

    /** Starts it under the next free number and waits until it is ready. */
    static JoinedWorker start(Checkout checkout, RunningStack stack, Program program, PrintStream messages)
            throws InterruptedException {
        RunDirectory runs = stack.data().runs();
        Supervisor supervisor = new Supervisor(runs, messages);
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "stop-worker"));
        Applications applications = new Applications(
                checkout, stack.data(), stack.description(), supervisor, new Ports(new SecureRandom()));
        // Two that join at once must not take the same number: it is taken when the run file is written.
        Awaited awaited = runs.exclusively(() -> applications.startWorker(program, freeNumber(runs, program)));
        try {
            Awaited.all(List.of(awaited), PATIENCE);
        } catch (RuntimeException e) {
            supervisor.stop();
            throw e;
        }
        return new JoinedWorker(stack, supervisor, awaited.process(), messages);
    }

    /** Where its health is told. */
    String url() {
        return stack.data().runs().running().stream()
                .filter(file -> file.name().equals(process.name()))
                .map(RunFile::url)
                .findFirst()
                .orElse("");
    }

    /** Returns 0 when the stack has gone, 1 when the worker has; a signal ends the JVM instead. */
    int untilItEnds() throws InterruptedException {
        while (!process.process().awaitExit(GLANCE)) {
            if (!stack.isUp()) {
                messages.println("The stack on " + stack.data().root() + " is gone; " + process.name() + " stops.");
                return 0;
            }
        }
        messages.println(process.name() + " ended by itself. Its log: "
                + process.process().command().log());
        return 1;
    }

    @Override
    public void close() {
        supervisor.stop();
    }

    private static int freeNumber(RunDirectory runs, Program program) {
        Set<String> taken = runs.running().stream().map(RunFile::name).collect(Collectors.toSet());
        int number = 1;
        while (taken.contains(Applications.workerName(program, number))) {
            number++;
        }
        return number;
    }
}
