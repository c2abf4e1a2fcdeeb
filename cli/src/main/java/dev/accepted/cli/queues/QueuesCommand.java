package dev.accepted.cli.queues;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.GatewayOption;
import dev.accepted.cli.terminal.Columns;
import dev.accepted.cli.terminal.Moments;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code accepted queues}: how every queue stands. */
@Command(
        name = "queues",
        description =
                "Shows every queue: jobs that wait in it, how fast they come and go, who takes them, whether it is"
                        + " paused. Needs the scope operations.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  accepted queues", "  accepted queues --json | jq '.items[] | select(.paused)'"})
public final class QueuesCommand implements Callable<Integer> {

    private static final String UNKNOWN = "?";
    private static final String NONE = "-";

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Option(names = "--json", description = "Prints the gateway's answer as it is.")
    private boolean json;

    /** @param checkout whose stack is meant unless another gateway is named */
    public QueuesCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode answer = gateway.open().ask(Call.get("/operations/queues")).json();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(answer));
        } else {
            List<List<String>> rows = new ArrayList<>();
            answer.path("items").forEach(queue -> rows.add(row(queue)));
            new Columns("QUEUE", " DEPTH", " OLDEST", " IN/S", " OUT/S", " RUNNING", " SLOTS", " WORKERS", "STATE")
                    .print(out, rows);
        }
        return 0;
    }

    private static List<String> row(JsonNode queue) {
        return List.of(
                queue.path("queue").asText(),
                whole(queue, "depth"),
                oldest(queue),
                tenth(queue, "rate_in"),
                tenth(queue, "rate_out"),
                whole(queue, "running"),
                whole(queue, "slots"),
                whole(queue, "workers"),
                state(queue));
    }

    private static String oldest(JsonNode queue) {
        if (queue.has("oldest_age_seconds")) {
            return tenth(queue, "oldest_age_seconds") + " s";
        }
        return queue.path("depth").asLong(-1) == 0 ? NONE : UNKNOWN;
    }

    private static String whole(JsonNode queue, String member) {
        return queue.path(member).asText(UNKNOWN);
    }

    private static String tenth(JsonNode queue, String member) {
        JsonNode value = queue.path(member);
        return value.isNumber() ? String.format(Locale.ROOT, "%.1f", value.asDouble()) : UNKNOWN;
    }

    private static String state(JsonNode queue) {
        JsonNode paused = queue.path("paused");
        if (!paused.asBoolean()) {
            return paused.isMissingNode() ? UNKNOWN : "open";
        }
        String since = queue.path("paused_since").asText();
        String by = queue.path("paused_by").asText();
        String reason = queue.path("reason").asText();
        return "paused" + (since.isEmpty() ? "" : " since " + Moments.local(since))
                + (by.isEmpty() ? "" : " by " + by)
                + (reason.isEmpty() ? "" : ": " + reason);
    }
}
