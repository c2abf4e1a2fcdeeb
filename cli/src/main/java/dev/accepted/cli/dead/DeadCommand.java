package dev.accepted.cli.dead;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.GatewayOption;
import dev.accepted.cli.terminal.Columns;
import dev.accepted.cli.terminal.Listing;
import dev.accepted.cli.terminal.Moments;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code accepted dead}: records that nobody could read; below it what is done to one. */
@Command(
        name = "dead",
        description =
                "Lists records of the log that nobody could read, the newest first. Needs the scope" + " operations.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  accepted dead",
            "  accepted dead show 17",
            "  accepted dead send 17 --reason \"the fault is mended\"",
            "  accepted dead drop 17 18 --reason \"nonsense of a test\""
        })
public final class DeadCommand implements Callable<Integer> {

    private static final int MOST = 200;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Option(names = "--settled", description = "Those too that were sent once more or dropped.")
    private boolean settled;

    @Option(names = "--before", paramLabel = "OFFSET", description = "Only those below that offset.")
    private @Nullable Long before;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many at most, 200 or fewer. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--json", description = "Prints the gateway's answer as it is.")
    private boolean json;

    /** @param checkout whose stack is meant unless another gateway is named */
    public DeadCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 1 || limit > MOST) {
            throw new ParameterException(spec.commandLine(), "--limit is 1 to " + MOST);
        }
        JsonNode answer = gateway.open().ask(Call.get(address())).json();
        PrintWriter messages = spec.commandLine().getErr();
        new Listing(
                        "There is no dead record.",
                        new Columns(" OFFSET", "TIME", "FROM", " BYTES", "SETTLED", "REASON"),
                        DeadCommand::row)
                .print(answer, json, spec.commandLine().getOut(), messages);
        JsonNode items = answer.path("items");
        if (!json && answer.has("next") && !items.isEmpty()) {
            String last = items.get(items.size() - 1).path("offset").asText();
            messages.println("There are more: --before " + last + " lists older ones.");
        }
        return 0;
    }

    private String address() {
        return Dead.PATH + "?limit=" + limit + (before == null ? "" : "&before=" + before)
                + (settled ? "&settled=true" : "");
    }

    private static List<String> row(JsonNode record) {
        return List.of(
                record.path("offset").asText(),
                Moments.local(record.path("time").asText()),
                record.path("from").asText(),
                record.path("bytes").asText(),
                Dead.settled(record),
                record.path("reason").asText());
    }
}
