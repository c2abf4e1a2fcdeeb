package dev.accepted.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.stack.RunningStack;
import dev.accepted.cli.stack.StackOption;
import dev.accepted.cli.terminal.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code accepted audit}: each unfinished job is in a queue, under a lease or under a timer, or it is named. */
@Command(
        name = "audit",
        description = {
            "Shows where every unfinished job is. Ends with 0 if each is in a queue, under a lease or under a timer,",
            "with 1 if one is in none of them; the sweep sends such a job again within a minute."
        },
        mixinStandardHelpOptions = true)
public final class AuditCommand implements Callable<Integer> {

    /** The gateway waits for its projection twice before it says that it cannot tell. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Checkout checkout;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOption stack = new StackOption();

    @Option(names = "--json", description = "Prints the gateway's answer as it is.")
    private boolean json;

    /** @param checkout whose stack is meant */
    public AuditCommand(Checkout checkout) {
        this.checkout = checkout;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        RunningStack running = stack.find(checkout);
        JsonNode audit = ask(running.baseUrl().resolve("/operations/audit"), running.token());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(audit));
        } else {
            print(audit, out);
        }
        return audit.path("clean").asBoolean() ? 0 : 1;
    }

    private static JsonNode ask(URI address, String token) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new Refusal("The audit was refused with " + answer.statusCode() + ": "
                        + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return Json.read(answer.body());
        } catch (IOException e) {
            throw new Refusal("No answer from " + address + ": " + e, e);
        }
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
