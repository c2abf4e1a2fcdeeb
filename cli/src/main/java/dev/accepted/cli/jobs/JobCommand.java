package dev.accepted.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.Gateway;
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

/** {@code accepted job ID}: how a job stands. */
@Command(
        name = "job",
        description = "Shows how a job stands, whatever became of it.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  accepted job job-01m8…", "  accepted job job-01m8… --timeline"})
public final class JobCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Parameters(paramLabel = "ID", description = "The job's id.")
    private String id = "";

    @Mixin
    private final WhoseOption whose = new WhoseOption();

    @Option(
            names = "--timeline",
            description = "Also each attempt and each act upon it; with --json that document instead.")
    private boolean timeline;

    @Option(names = "--json", description = "Prints the gateway's answer as it is.")
    private boolean json;

    /** @param checkout whose stack is meant unless another gateway is named */
    public JobCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        Gateway api = gateway.open();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(
                    timeline ? timeline(api) : Job.find(api, whose.whose(), id).body()));
            return 0;
        }
        JobFacts.of(Job.find(api, whose.whose(), id)).print(out);
        if (timeline) {
            out.println();
            Timeline.print(timeline(api), out);
        }
        return 0;
    }

    private JsonNode timeline(Gateway api) throws InterruptedException {
        return api.ask(Call.get(whose.whose().path(id) + "/timeline")).json();
    }
}
