package dev.accepted.cli.upkeep;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.gateway.GatewayOption;
import dev.accepted.cli.terminal.ExitCode;
import dev.accepted.cli.terminal.Plain;
import dev.accepted.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code accepted verify}: whether the table is what the log says. */
@Command(
        name = "verify",
        description =
                "Has a gateway fold the log beside the table of jobs, and compare. Ends with 0 if every row is what "
                        + "the log says, with 1 if one is not: then the first are named, with where the log has them; with 4 if "
                        + "that could not be found out. All goes on meanwhile; Ctrl-C ends the watching alone. Needs the scope "
                        + "operations.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  accepted verify",
            "  accepted verify --url https://jobs.example.com --token-file operator.token --json"
        })
public final class VerifyCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Mixin
    private final Watching.Options watched = new Watching.Options();

    /** @param checkout whose stack is meant unless another gateway is named */
    public VerifyCommand(Checkout checkout, Map<String, String> environment, Terminal terminal) {
        this.gateway = new GatewayOption(checkout, environment);
        this.terminal = terminal;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode verification = new Watching(gateway.open(), "verify", "/operations/verifications")
                .run(watched, spec.commandLine().getOut(), terminal.seen(), VerifyCommand::print);
        return exitCode(verification).code();
    }

    private static ExitCode exitCode(JsonNode verification) {
        return switch (verification.path("status").asText()) {
            case "succeeded" -> ExitCode.DONE;
            case "differs" -> ExitCode.ENDED_BADLY;
            default -> ExitCode.NO_ANSWER;
        };
    }

    private static void print(JsonNode verification, PrintWriter out) {
        if (verification.has("failure")) {
            out.println(
                    "Not found out: " + Plain.text(verification.path("failure").asText()));
            return;
        }
        for (JsonNode job : verification.path("items")) {
            print(out, job);
        }
        long differing = verification.path("differences").asLong();
        long named = verification.path("items").size();
        if (differing > named) {
            out.printf(
                    "and %d others%s%n",
                    differing - named, verification.path("more").asBoolean() ? ", at least" : "");
        }
        long unchecked = verification.path("out_of_reach").asLong();
        if (unchecked > 0) {
            out.printf("%d jobs cannot be checked: the log has lost records of them.%n", unchecked);
        }
        long jobs = verification.path("jobs").asLong();
        out.println(
                differing == 0
                        ? "Clean: of " + jobs + " jobs, the table says what the log says."
                        : "Not clean: " + differing + " jobs differ from what the log says, of " + jobs
                                + ". `accepted rebuild` makes the table anew.");
    }

    private static void print(PrintWriter out, JsonNode job) {
        out.printf(
                "%s %s, last record %s%n",
                Plain.text(job.path("job_id").asText()), meaning(job), place(job.path("position")));
        for (JsonNode column : job.path("columns")) {
            out.printf(
                    "    %s: the table says %s, the log %s%n",
                    Plain.text(column.path("column").asText()), value(column, "table"), value(column, "log"));
        }
    }

    private static String meaning(JsonNode job) {
        return switch (job.path("kind").asText()) {
            case "missing" -> "is not in the table";
            case "surplus" -> "is not in the log";
            default -> "differs";
        };
    }

    private static String place(JsonNode position) {
        return position.isMissingNode()
                ? "unknown"
                : Plain.text(position.path("topic").asText()) + "/"
                        + position.path("partition").asInt() + "/"
                        + position.path("offset").asLong();
    }

    private static String value(JsonNode column, String of) {
        return column.has(of) ? "\"" + Plain.text(column.path(of).asText()) + "\"" : "nothing";
    }
}
