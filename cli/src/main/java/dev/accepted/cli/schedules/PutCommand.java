package dev.accepted.cli.schedules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.gateway.Answer;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.GatewayOption;
import dev.accepted.cli.submission.InputOption;
import dev.accepted.cli.submission.JobDocument;
import dev.accepted.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accepted schedules put NAME ...}: makes or replaces a schedule. */
@Command(
        name = "put",
        description = "Makes a schedule, or replaces the one of that name.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  accepted schedules put nightly --cron '30 2 * * 1-5' --zone Europe/Berlin probe.sleep millis:=10",
            "  accepted schedules put yearly --cron '0 6 2 1 *' --zone UTC report.generate --file report.json"
        })
public final class PutCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Parameters(index = "0", paramLabel = "NAME", description = "The schedule's name.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "TYPE", description = "The job type, such as report.generate.")
    private String type = "";

    @Parameters(index = "2..*", paramLabel = "INPUT", description = InputOption.FORMS)
    private List<String> members = List.of();

    @Mixin
    private final InputOption input;

    @Option(
            names = "--cron",
            paramLabel = "CRON",
            required = true,
            description = "When: minute, hour, day of the month, month, day of the week.")
    private String cron = "";

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            required = true,
            description = "The time zone that is meant, such as Europe/Berlin or UTC.")
    private String zone = "";

    @Option(names = "--reference", paramLabel = "TEXT", description = "The client_reference of its jobs.")
    private @Nullable String reference;

    @Option(names = "--tag", paramLabel = "NAME=VALUE", description = "A tag of its jobs; may be repeated.")
    private Map<String, String> tags = new TreeMap<>();

    @Option(names = "--json", description = "Prints the gateway's answer as it is.")
    private boolean json;

    /** @param checkout whose stack is meant unless another gateway is named */
    public PutCommand(Checkout checkout, Map<String, String> environment, Terminal terminal) {
        this.gateway = new GatewayOption(checkout, environment);
        this.input = new InputOption(terminal.in());
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        byte[] document = new JobDocument()
                .add("cron", cron)
                .add("zone", zone)
                .add("type", type)
                .add("client_reference", reference)
                .tags(tags)
                .input(input.read(members))
                .bytes();
        Answer answer = gateway.open().ask(Call.of("PUT", Schedule.path(name)).json(document));
        JsonNode schedule = answer.json();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(schedule));
        } else {
            spec.commandLine().getErr().println(answer.status() == 201 ? "Made." : "Replaced.");
            Schedule.print(schedule, out);
        }
        return 0;
    }
}
