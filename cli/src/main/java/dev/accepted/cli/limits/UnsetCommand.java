package dev.accepted.cli.limits;

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

/** {@code accepted limits delete KIND NAME}: takes a limit away. */
@Command(
        name = "delete",
        description = "Takes a limit away; what waits for it goes at once. Needs the scope operations.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = "  accepted limits delete tenant acme")
public final class UnsetCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Parameters(index = "0", paramLabel = "KIND", description = "tenant, queue or type.")
    private Limit.Kind kind = Limit.Kind.TENANT;

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            description = "Its name; of tenants, '*' is each that has no limit of its own.")
    private String name = "";

    /** @param checkout whose stack is meant unless another gateway is named */
    public UnsetCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        gateway.open().ask(Call.of("DELETE", Limit.path(kind, name)));
        spec.commandLine().getErr().println(kind + " " + name + " is limited no longer.");
        return 0;
    }
}
