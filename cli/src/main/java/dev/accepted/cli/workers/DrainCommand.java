package dev.accepted.cli.workers;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.Gateway;
import dev.accepted.cli.gateway.GatewayOption;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accepted workers drain WORKER}: lets one worker take no further jobs. */
@Command(
        name = "drain",
        description = "Lets one worker process take no further jobs: what it runs goes on, other workers take"
                + " what comes. It holds until the process ends or is undrained. Needs the scope"
                + " operations.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = "  accepted workers drain reports-1 --reason \"its disk is full\"")
public final class DrainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Parameters(paramLabel = "WORKER", description = "Its name or its id, as `accepted workers` has it.")
    private String worker = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, for other operators.")
    private String reason = "";

    /** @param checkout whose stack is meant unless another gateway is named */
    public DrainCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        Gateway api = gateway.open();
        api.ask(Call.of("PUT", WorkerList.drain(api, worker) + "?reason=" + Call.value(reason)));
        spec.commandLine()
                .getErr()
                .println(worker
                        + " takes no further jobs. `accepted workers` shows what it still runs; `accepted workers"
                        + " undrain " + worker + "` lets it take jobs again.");
        return 0;
    }
}
