package dev.accepted.cli.watching;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.gateway.Gateway;
import dev.accepted.cli.gateway.GatewayOption;
import dev.accepted.cli.jobs.Job;
import dev.accepted.cli.terminal.ExitCode;
import dev.accepted.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accepted watch ID...}: follows jobs to their ends. */
@Command(
        name = "watch",
        description = "Follows jobs until they have ended, and ends as they did: with 0 if all succeeded, else with "
                + "1. Ctrl-C ends the watching, not the jobs.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  accepted watch job-01m8…",
            "  accepted submit report.generate --file report.json | head -1 | xargs accepted watch"
        })
public final class WatchCommand implements Callable<Integer> {

    private static final int MOST = 64;
    private static final Duration EVER = Duration.ofSeconds(Integer.MAX_VALUE);

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids of jobs, 64 at most.")
    private List<String> ids = List.of();

    @Option(names = "--json", description = "Shows nothing before the end, then the job; of several {\"items\":[…]}.")
    private boolean json;

    /** @param checkout whose stack is meant unless another gateway is named */
    public WatchCommand(Checkout checkout, Map<String, String> environment, Terminal terminal) {
        this.gateway = new GatewayOption(checkout, environment);
        this.terminal = terminal;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        List<String> wanted = List.copyOf(new LinkedHashSet<>(ids));
        if (wanted.size() > MOST) {
            throw new ParameterException(spec.commandLine(), "at most " + MOST + " jobs can be watched at once");
        }
        Gateway api = gateway.open();
        List<Job> begun = new ArrayList<>();
        for (String id : wanted) {
            begun.add(Job.find(api, id));
        }
        PrintWriter out = spec.commandLine().getOut();
        Consumer<List<Job>> board = json ? jobs -> {} : new WatchBoard(out, terminal.seen());
        List<Job> ended = new Watch(api, EVER).follow(begun, board);
        if (json) {
            out.println(Json.pretty(document(ended)));
        } else {
            ended.forEach(job -> out.println(job.verdict()));
        }
        return ended.stream()
                .map(Job::exitCode)
                .reduce(ExitCode.DONE, ExitCode::or)
                .code();
    }

    private static JsonNode document(List<Job> jobs) {
        if (jobs.size() == 1) {
            return jobs.get(0).body();
        }
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putArray("items").addAll(jobs.stream().map(Job::body).toList());
        return document;
    }
}
