package dev.accepted.cli.dead;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.GatewayOption;
import dev.accepted.cli.terminal.Facts;
import dev.accepted.cli.terminal.Moments;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accepted dead show OFFSET}: one of them, whole. */
@Command(
        name = "show",
        description = "Shows a dead record: why it is one, where it came from, its headers and its value. Needs"
                + " the scope operations.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  accepted dead show 17", "  accepted dead show 17 --json | jq -r .value"})
public final class ShowCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Parameters(paramLabel = "OFFSET", description = "Its offset, as `accepted dead` has it.")
    private long offset;

    @Option(names = "--json", description = "Prints the gateway's answer as it is.")
    private boolean json;

    /** @param checkout whose stack is meant unless another gateway is named */
    public ShowCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode record = gateway.open().ask(Call.get(Dead.path(offset))).json();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(record));
            return 0;
        }
        Facts facts = new Facts()
                .add("offset", record.path("offset").asText())
                .add("time", Moments.local(record.path("time").asText()))
                .add("reason", record.path("reason").asText())
                .add("from", record.path("from").asText())
                .add("key", record.path("key").asText())
                .add("bytes", record.path("bytes").asText())
                .add("settled", Dead.settled(record));
        record.path("headers")
                .properties()
                .forEach(header -> facts.add(header.getKey(), header.getValue().asText()));
        facts.add("value", record.path("value").asText())
                .add("value_base64", record.path("value_base64").asText())
                .print(out);
        return 0;
    }
}
