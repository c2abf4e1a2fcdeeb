package dev.accepted.cli.stack;

import dev.accepted.cli.files.Checkout;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code accepted up}: runs a whole stack in the foreground. */
@Command(
        name = "up",
        description = "Boots Kafka, PostgreSQL, mail, gateways and workers, and runs them until Ctrl-C.",
        mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {

    private final Checkout checkout;
    private final PrintStream messages;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Of the first gateway, on 127.0.0.1; 0: any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept. Default: .accepted/")
    private @Nullable Path data;

    @Option(
            names = "--workers",
            paramLabel = "NAME=N,...",
            defaultValue = "reports=1,email=1,analytics=1,probe=1,webhooks=1",
            description = "How many of each, or none. Default: ${DEFAULT-VALUE}.")
    private String workers = "";

    @Option(names = "--gateways", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private int gateways;

    @Option(
            names = "--brokers",
            paramLabel = "N",
            defaultValue = "1",
            description = "Kafka brokers, 1 or 3. Default: ${DEFAULT-VALUE}.")
    private int brokers;

    /** @param messages takes everything but the line that says it is ready */
    public UpCommand(Checkout checkout, PrintStream messages) {
        this.checkout = checkout;
        this.messages = messages;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        StackPlan plan = plan();
        DataDirectory directory = DataDirectory.of(data == null ? checkout.defaultData() : data);
        try (Stack stack = Stack.claim(checkout, directory, messages)) {
            RunningStack running = stack.boot(plan);
            checkout.rememberLast(directory.root());
            spec.commandLine().getOut().println("ready: " + running.baseUrl());
            return stack.untilSignal();
        }
    }

    private StackPlan plan() {
        check(port >= 0 && port <= 65_535, "--port is a number from 0 to 65535");
        check(gateways >= 1, "--gateways is 1 or more");
        check(brokers == 1 || brokers == 3, "--brokers is 1 or 3");
        try {
            return new StackPlan(port, StackPlan.workers(workers), gateways, brokers);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--workers: " + e.getMessage());
        }
    }

    private void check(boolean good, String rule) {
        if (!good) {
            throw new ParameterException(spec.commandLine(), rule);
        }
    }
}
