package dev.accepted.cli.queues;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.GatewayOption;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accepted pause QUEUE}: lets no worker take a job from it. */
@Command(
        name = "pause",
        description = "Pauses a queue: its workers take no further job until it is resumed. Jobs that run go on, jobs "
                + "are still accepted and wait. Needs the scope operations.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = "  accepted pause email --reason \"the mail server is being moved\"")
public final class PauseCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Parameters(paramLabel = "QUEUE", description = "The queue, as `accepted queues` names it.")
    private String queue = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, for other operators.")
    private String reason = "";

    /** @param checkout whose stack is meant unless another gateway is named */
    public PauseCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        String path = "/operations/queues/" + Call.segment(queue) + "/pause?reason=" + Call.value(reason);
        gateway.open().ask(Call.of("PUT", path));
        spec.commandLine()
                .getErr()
                .println(queue + " is paused. Jobs are accepted and wait; `accepted resume " + queue
                        + "` lets them run.");
        return 0;
    }
}
