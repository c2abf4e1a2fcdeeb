package dev.accepted.cli.stack;

import dev.accepted.cli.files.Checkout;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accepted worker NAME}: one more worker for a running stack, in the foreground. */
@Command(
        name = "worker",
        description = "Adds one worker to the running stack; Ctrl-C lets it finish and leave.",
        mixinStandardHelpOptions = true)
public final class WorkerCommand implements Callable<Integer> {

    private final Checkout checkout;
    private final PrintStream messages;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOption stack = new StackOption();

    @Parameters(paramLabel = "NAME", description = "reports, email, analytics, probe or webhooks.")
    private String name = "";

    /** @param messages takes everything but the line that says it is ready */
    public WorkerCommand(Checkout checkout, PrintStream messages) {
        this.checkout = checkout;
        this.messages = messages;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        Program program = Program.worker(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "no worker is called '" + name + "'; there are " + String.join(", ", Program.workerNames())));
        RunningStack running = stack.find(checkout);
        program.requireBuilt(checkout);
        Joining joining = new Joining(checkout, running);
        try (JoinedProcess worker =
                JoinedProcess.start(running, messages, supervisor -> joining.worker(program, supervisor))) {
            spec.commandLine().getOut().println("ready: " + worker.url());
            return worker.untilItEnds();
        }
    }
}
