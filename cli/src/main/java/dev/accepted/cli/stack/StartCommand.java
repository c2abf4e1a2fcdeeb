package dev.accepted.cli.stack;

import dev.accepted.cli.files.Checkout;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accepted start NAME}: brings back a process of a running stack that has died, in the foreground. */
@Command(
        name = "start",
        description = {
            "Starts a process of the running stack that is not there: one that died, or one more gateway.",
            "It stays in the foreground as long as the process runs; Ctrl-C ends both."
        },
        mixinStandardHelpOptions = true)
public final class StartCommand implements Callable<Integer> {

    private final Checkout checkout;
    private final PrintStream messages;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOption stack = new StackOption();

    @Parameters(paramLabel = "NAME", description = "gateway-N, worker-NAME-N, kafka-N, postgres or mail.")
    private String name = "";

    /** @param messages takes everything but the line that says it is ready */
    public StartCommand(Checkout checkout, PrintStream messages) {
        this.checkout = checkout;
        this.messages = messages;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        RunningStack running = stack.find(checkout);
        Joining joining = new Joining(checkout, running);
        try (JoinedProcess process =
                JoinedProcess.start(running, messages, supervisor -> joining.named(name, supervisor))) {
            spec.commandLine().getOut().println("ready: " + process.address());
            return process.untilItEnds();
        }
    }
}
