package dev.accepted.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.Gateway;
import dev.accepted.cli.gateway.GatewayOption;
import dev.accepted.cli.terminal.ExitCode;
import dev.accepted.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accepted replay MODE}: has jobs run again, and follows that. */
@Command(
        name = "replay",
        description =
                "Has jobs run again. First with --dry-run: it shows how many, why they failed and how old they are,"
                        + " and changes nothing. Then, with a reason, it begins and is followed to its end; Ctrl-C ends only the"
                        + " following. Needs the scope operations.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  accepted replay failed --type report.generate --created-after 12h --dry-run",
            "  accepted replay failed --error 'connection refused' --canary 10 --rate 50 --stop-at 20 \\",
            "      --reason 'the mail server is back'",
            "  accepted replay force --id job-… --reason 'the customer lost the file'",
            "  accepted replay missing --reason 'a topic was restored' --detach",
            "  accepted replay project --id job-… --dry-run"
        })
public final class ReplayCommand implements Callable<Integer> {

    /** Jobs of many millions are counted before the answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Parameters(
            paramLabel = "MODE",
            description =
                    "failed: tries failed and expired jobs again. force: runs ended jobs once more, as new jobs;"
                            + " what they do is done twice. missing: sends what is in no queue, under no lease and no timer."
                            + " project: writes the rows of jobs again as the log says, chosen by --id or --topic; sends nothing.")
    private String mode = "";

    @Mixin
    private final SelectOptions select = new SelectOptions();

    @Option(names = "--dry-run", description = "Shows what would be replayed, and changes nothing.")
    private boolean dryRun;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is written into each job's timeline.")
    private @Nullable String reason;

    @Option(
            names = "--canary",
            paramLabel = "N",
            description = "Sends so many first, and the others only if not half of them fail (or --stop-at).")
    private @Nullable Integer canary;

    @Option(names = "--rate", paramLabel = "N", description = "Sends at most so many a second.")
    private @Nullable Double rate;

    @Option(
            names = "--stop-at",
            paramLabel = "PERCENT",
            description = "Stops when so many of a hundred that ended did not succeed.")
    private @Nullable Double stopAt;

    @Option(
            names = "--most-per-job",
            paramLabel = "N",
            description = "Leaves out jobs that replays have taken so often. The gateway's default is 10.")
    private @Nullable Integer mostPerJob;

    @Option(names = "--detach", description = "Begins it and does not follow it.")
    private boolean detach;

    @Option(names = "--json", description = "Prints the gateway's last answer as it is.")
    private boolean json;

    private final Terminal terminal;

    /** @param checkout whose stack is meant unless another gateway is named */
    public ReplayCommand(Checkout checkout, Map<String, String> environment, Terminal terminal) {
        this.gateway = new GatewayOption(checkout, environment);
        this.terminal = terminal;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!dryRun && reason == null) {
            throw new ParameterException(spec.commandLine(), "--reason is missing (or --dry-run, which needs none)");
        }
        Gateway asked = gateway.open();
        Call call = Call.of("POST", "/operations/replays")
                .json(body().toString().getBytes(StandardCharsets.UTF_8))
                .within(PATIENCE);
        JsonNode answer = asked.ask(call).json();
        PrintWriter out = spec.commandLine().getOut();
        if (dryRun) {
            show(answer, out);
            return ExitCode.DONE.code();
        }
        Replay begun = new Replay(answer);
        if (detach) {
            out.println(json ? Json.pretty(answer) : begun.id());
            return ExitCode.DONE.code();
        }
        spec.commandLine().getErr().println("Replay " + begun.id() + " has begun.");
        Replay ended = new Following(asked, spec.commandLine().getErr(), terminal.seen()).follow(begun);
        if (json) {
            out.println(Json.pretty(ended.body()));
        } else {
            ended.print(out);
        }
        return ended.exitCode().code();
    }

    private static long hours(String duration) {
        try {
            return Duration.parse(duration).toHours();
        } catch (DateTimeException noDuration) {
            return 0;
        }
    }

    private ObjectNode body() {
        // Named here, so that a request that got no answer and is sent again begins no second replay.
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("mode", mode)
                .put("replay_id", UUID.randomUUID().toString());
        body.set("select", select.json(Instant.now()));
        if (dryRun) {
            body.put("dry_run", true);
        }
        if (reason != null) {
            body.put("reason", reason);
        }
        if (canary != null) {
            body.put("canary", canary);
        }
        if (rate != null) {
            body.put("rate_per_second", rate);
        }
        if (stopAt != null) {
            body.put("stop_at_failure_rate", stopAt / 100);
        }
        if (mostPerJob != null) {
            body.put("most_per_job", mostPerJob);
        }
        return body;
    }

    private void show(JsonNode answer, PrintWriter out) {
        if (json) {
            out.println(Json.pretty(answer));
            return;
        }
        out.println(
                "Nothing is changed. Jobs that match: " + answer.path("matched").asLong());
        if (answer.path("left_out").asLong() > 0) {
            String why = mode.equals("project") ? "are what the log says" : "replays have taken too often";
            out.println("  of which " + why + ": " + answer.path("left_out").asLong());
        }
        Replay.printCauses(answer, out);
        for (JsonNode age : answer.path("ages")) {
            String under = age.path("under").asText();
            out.printf(
                    "%8d  ended %s%n",
                    age.path("count").asLong(),
                    under.isEmpty() ? "longer ago" : "less than " + hours(under) + " hours ago");
        }
        for (JsonNode job : answer.path("sample")) {
            out.println("  " + job.path("job_id").asText() + "  "
                    + job.path("type").asText() + "  " + job.path("status").asText());
        }
        out.flush();
    }
}
