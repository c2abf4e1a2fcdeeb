package dev.accepted.cli.schedules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.GatewayOption;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accepted schedules get NAME}: how a schedule stands. */
@Command(
        name = "get",
        description = "Shows a schedule: what it sends, when it fires next, and what came of the last time.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = "  accepted schedules get nightly")
public final class GetCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Parameters(paramLabel = "NAME", description = "The schedule's name.")
    private String name = "";

    @Option(names = "--json", description = "Prints the gateway's answer as it is.")
    private boolean json;

    /** @param checkout whose stack is meant unless another gateway is named */
    public GetCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode schedule = gateway.open().ask(Call.get(Schedule.path(name))).json();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(schedule));
        } else {
            Schedule.print(schedule, out);
        }
        return 0;
    }
}
