package dev.accepted.cli.limits;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.GatewayOption;
import dev.accepted.cli.terminal.Columns;
import dev.accepted.cli.terminal.Listing;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code accepted limits}: how many jobs may run at once; below it what is done to a limit. */
@Command(
        name = "limits",
        description = "Lists limits: how many jobs of a tenant, in a queue or of a type may run at once, how"
                + " many do, and how many wait for it. Needs the scope operations.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  accepted limits",
            "  accepted limits set tenant acme 10 --reason \"they asked for it\"",
            "  accepted limits delete tenant acme"
        })
public final class LimitsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Option(names = "--json", description = "Prints the gateway's answer as it is.")
    private boolean json;

    /** @param checkout whose stack is meant unless another gateway is named */
    public LimitsCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode answer = gateway.open().ask(Call.get(Limit.PATH)).json();
        new Listing(
                        "There is no limit. `accepted limits set` makes one.",
                        new Columns("KIND", "NAME", " MOST", " RUNNING", " WAITING", "SINCE", "REASON"),
                        Limit::row)
                .print(
                        answer,
                        json,
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr());
        return 0;
    }
}
