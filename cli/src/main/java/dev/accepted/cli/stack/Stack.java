package dev.accepted.cli.stack;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.process.Role;
import dev.accepted.cli.process.RunDirectory;
import dev.accepted.cli.process.Supervisor;
import dev.accepted.cli.terminal.Refusal;
import dev.accepted.localstack.files.Trees;
import dev.accepted.localstack.process.Ports;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A stack that this process runs: from the lock on its directory to the end of its last process. */
public final class Stack implements AutoCloseable {

    private final Checkout checkout;
    private final DataDirectory data;
    private final PrintStream messages;
    private final StackLock lock;
    private final Supervisor supervisor;

    private Stack(Checkout checkout, DataDirectory data, PrintStream messages, StackLock lock) {
        this.checkout = checkout;
        this.data = data;
        this.messages = messages;
        this.lock = lock;
        this.supervisor = new Supervisor(data.runs(), messages);
    }

    /**
     * Takes the directory; nothing is started yet. Whatever ends this process from now on stops the stack.
     *
     * @throws Refusal when another stack has it
     */
    public static Stack claim(Checkout checkout, DataDirectory data, PrintStream messages) {
        Stack stack = new Stack(checkout, data, messages, StackLock.acquire(data));
        Runtime.getRuntime().addShutdownHook(new Thread(stack::stopForSignal, "stop-stack"));
        return stack;
    }

    /**
     * Throws away what an earlier stack kept there.
     *
     * @throws Refusal when it cannot be deleted
     */
    public void empty() throws InterruptedException {
        Leftovers.clear(data.runs());
        try (Stream<Path> children = Files.list(data.root())) {
            for (Path child : children.toList()) {
                if (!child.equals(data.lock())) {
                    Trees.delete(child);
                }
            }
        } catch (IOException e) {
            throw new Refusal("The directory " + data.root() + " cannot be emptied: " + e, e);
        }
    }

    /**
     * Boots everything and waits until it is ready.
     *
     * @throws Refusal when the port is taken, something is not built, or a process does not come up; all that was
     *     started is then left to {@link #close()}
     */
    public RunningStack boot(StackPlan plan) throws InterruptedException {
        requirePort(plan.port());
        Program.GATEWAY.requireBuilt(checkout);
        plan.workers().keySet().forEach(worker -> worker.requireBuilt(checkout));
        Leftovers.clear(data.runs());
        try {
            StackDescription.remove(data);
            StackDescription description =
                    new Boot(checkout, data, plan, supervisor, new Ports(new SecureRandom()), messages).run();
            supervisor.settled();
            description.write(data);
            return RunningStack.own(data, description);
        } catch (IOException | IllegalArgumentException e) {
            throw new Refusal("The stack cannot be started: " + e.getMessage(), e);
        } catch (Refusal e) {
            if (supervisor.isStopping()) {
                // A signal came: what looks like a failure is its work, and it ends the JVM.
                untilSignal();
            }
            throw e;
        }
    }

    private static void requirePort(int port) {
        if (port != 0 && !Ports.isFree(port)) {
            throw new Refusal(
                    "Port " + port + " of 127.0.0.1 is taken. Choose another with --port; 0 takes any free one.");
        }
    }

    /** Never returns: a signal stops the stack, and ends the JVM with the signal's status. */
    public int untilSignal() throws InterruptedException {
        new CountDownLatch(1).await();
        return 0;
    }

    /** Stops everything in order, waits for it, and gives the directory back. */
    @Override
    public void close() {
        stop();
        lock.close();
    }

    private void stopForSignal() {
        if (!supervisor.isStopping()) {
            messages.println("Stopping.");
        }
        stop();
    }

    private void stop() {
        try {
            // Those that joined by themselves watch this file, and stop together with ours of their role.
            StackDescription.remove(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            for (Role role : Role.values()) {
                supervisor.stop(role);
                awaitJoined(role);
            }
        }
    }

    private void awaitJoined(Role role) {
        RunDirectory runs = data.runs();
        long deadline = System.nanoTime() + role.patience().toNanos();
        try {
            while (runs.running().stream().anyMatch(file -> Role.ofProcess(file.name()) == role)
                    && System.nanoTime() < deadline) {
                Thread.sleep(Duration.ofMillis(100).toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
