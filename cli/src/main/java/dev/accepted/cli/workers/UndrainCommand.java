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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accepted workers undrain WORKER}: lets it take jobs again. */
@Command(
        name = "undrain",
        description = "Lets a drained worker take jobs again; one that is not drained is a refusal. Needs the"
                + " scope operations.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = "  accepted workers undrain reports-1")
public final class UndrainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Parameters(paramLabel = "WORKER", description = "Its name or its id, as `accepted workers` has it.")
    private String worker = "";

    /** @param checkout whose stack is meant unless another gateway is named */
    public UndrainCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        Gateway api = gateway.open();
        api.ask(Call.of("DELETE", WorkerList.drain(api, worker)));
        spec.commandLine().getErr().println(worker + " takes jobs.");
        return 0;
    }
}
