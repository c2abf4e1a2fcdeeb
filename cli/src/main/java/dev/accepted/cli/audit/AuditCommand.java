package dev.accepted.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.GatewayOption;
import dev.accepted.cli.terminal.ExitCode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code accepted audit}: each unfinished job is in a queue, under a lease or under a timer, or it is named. */
@Command(
        name = "audit",
        description = "Shows where every unfinished job is. Ends with 0 if each is in a queue, under a lease or under "
                + "a timer, with 1 if one is in none of them; the sweep sends such a job again within a minute. "
                + "Needs the scope operations.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  accepted audit",
            "  accepted audit --url https://jobs.example.com --token-file operator.token --json"
        })
public final class AuditCommand implements Callable<Integer> {

    /** The gateway waits for its projection twice before it says that it cannot tell. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Option(names = "--json", description = "Prints the gateway's answer as it is.")
    private boolean json;

    /** @param checkout whose stack is meant unless another gateway is named */
    public AuditCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        Call call = Call.get("/operations/audit").within(PATIENCE);
        JsonNode audit = gateway.open().ask(call).json();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(audit));
        } else {
            print(audit, out);
        }
        return (audit.path("clean").asBoolean() ? ExitCode.DONE : ExitCode.ENDED_BADLY).code();
    }

    private static void print(JsonNode audit, PrintWriter out) {
        JsonNode unfinished = audit.path("unfinished");
        out.printf("Unfinished jobs  %8d%n", unfinished.path("total").asLong());
        out.printf("  in a queue     %8d%n", unfinished.path("in_queue").asLong());
        out.printf("  under a lease  %8d%n", unfinished.path("under_lease").asLong());
        out.printf("  under a timer  %8d%n", unfinished.path("under_timer").asLong());
        out.printf("  stranded       %8d%n", unfinished.path("stranded").asLong());
        for (JsonNode job : audit.path("stranded")) {
            out.printf(
                    "    %s %s attempt %d of %s%n",
                    job.path("job_id").asText(),
                    job.path("status").asText(),
                    job.path("attempt").asInt(),
                    job.path("type").asText());
        }
        out.printf("Dead records     %8d%n", audit.path("dead").path("total").asLong());
        for (JsonNode dead : audit.path("dead").path("last")) {
            out.printf(
                    "    %s %s: %s%n",
                    dead.path("time").asText(),
                    dead.path("from").asText(),
                    dead.path("reason").asText());
        }
        out.println(
                audit.path("clean").asBoolean()
                        ? "Clean: every unfinished job is in a queue, under a lease or under a timer."
                        : "Not clean: stranded jobs are sent again by the next sweep.");
    }
}
