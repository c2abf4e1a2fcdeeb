package dev.accepted.cli.queues;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.GatewayOption;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accepted resume QUEUE}: lets its workers go on. */
@Command(
        name = "resume",
        description = "Ends a queue's pause; one that is not paused is a refusal. Needs the scope operations.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = "  accepted resume email")
public final class ResumeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Parameters(paramLabel = "QUEUE", description = "The queue, as `accepted queues` names it.")
    private String queue = "";

    /** @param checkout whose stack is meant unless another gateway is named */
    public ResumeCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        gateway.open().ask(Call.of("DELETE", "/operations/queues/" + Call.segment(queue) + "/pause"));
        spec.commandLine().getErr().println(queue + " goes on.");
        return 0;
    }
}
