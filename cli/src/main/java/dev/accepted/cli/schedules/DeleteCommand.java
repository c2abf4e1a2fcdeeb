package dev.accepted.cli.schedules;

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

/** {@code accepted schedules delete NAME}: ends a schedule. */
@Command(
        name = "delete",
        description = "Ends a schedule. Jobs that it has sent go on.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = "  accepted schedules delete nightly")
public final class DeleteCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Parameters(paramLabel = "NAME", description = "The schedule's name.")
    private String name = "";

    /** @param checkout whose stack is meant unless another gateway is named */
    public DeleteCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        gateway.open().ask(Call.of("DELETE", Schedule.path(name)));
        spec.commandLine().getErr().println(name + " is gone. Jobs that it has sent go on.");
        return 0;
    }
}
