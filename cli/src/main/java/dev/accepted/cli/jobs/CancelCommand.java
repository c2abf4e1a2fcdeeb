package dev.accepted.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.Gateway;
import dev.accepted.cli.gateway.GatewayOption;
import dev.accepted.cli.gateway.Refused;
import dev.accepted.cli.terminal.ExitCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accepted cancel ID...}: ends jobs early. */
@Command(
        name = "cancel",
        description = "Cancels jobs. One that no worker has is cancelled at once, another as soon as its worker heeds "
                + "it. One that has ended stays as it is, which is a refusal; the others are cancelled all the "
                + "same.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  accepted cancel job-01m8… --reason \"sent by mistake\"",
            "  accepted jobs --status queued --tag customer=7 --json --all | jq -r '.items[].job_id' | xargs accepted cancel"
        })
public final class CancelCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids of jobs.")
    private List<String> ids = List.of();

    @Mixin
    private final WhoseOption whose = new WhoseOption();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; the job's timeline keeps it.")
    private @Nullable String reason;

    @Option(
            names = "--json",
            description = "Prints the job; of several {\"items\":[…]}, a refused one with its \"problem\".")
    private boolean json;

    /** @param checkout whose stack is meant unless another gateway is named */
    public CancelCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        Gateway api = gateway.open();
        ExitCode worst = ExitCode.DONE;
        List<JsonNode> answers = new ArrayList<>();
        for (String id : new LinkedHashSet<>(ids)) {
            try {
                JsonNode answer = cancel(api, id);
                answers.add(answer);
                tell(new Job(answer));
            } catch (Refused e) {
                spec.commandLine().getErr().println(e.getMessage());
                answers.add(refusal(id, e));
                worst = worst.or(e.exitCode());
            }
        }
        if (json && (ids.size() > 1 || worst == ExitCode.DONE)) {
            spec.commandLine().getOut().println(Json.pretty(ids.size() == 1 ? answers.get(0) : items(answers)));
        }
        return worst.code();
    }

    private JsonNode cancel(Gateway api, String id) throws InterruptedException {
        Call call = Call.of("POST", whose.whose().path(id) + "/cancel");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        return api.ask(reason == null ? call : call.json(Json.bytes(body.put("reason", reason))))
                .json();
    }

    private void tell(Job job) {
        if (!json) {
            String line = job.id() + " " + job.status();
            spec.commandLine()
                    .getOut()
                    .println(job.isDone() ? line : line + ": it ends as soon as its worker heeds it, or is lost");
        }
    }

    private static ObjectNode refusal(String id, Refused refused) {
        ObjectNode item = JsonNodeFactory.instance.objectNode().put("job_id", id);
        item.set("problem", refused.problem());
        return item;
    }

    private static ObjectNode items(List<JsonNode> answers) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putArray("items").addAll(answers);
        return document;
    }
}
