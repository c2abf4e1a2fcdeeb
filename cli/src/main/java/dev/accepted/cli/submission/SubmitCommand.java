package dev.accepted.cli.submission;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.gateway.Answer;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.Gateway;
import dev.accepted.cli.gateway.GatewayOption;
import dev.accepted.cli.jobs.Job;
import dev.accepted.cli.terminal.ExitCode;
import dev.accepted.cli.terminal.Refusal;
import dev.accepted.cli.terminal.Terminal;
import dev.accepted.cli.terminal.When;
import dev.accepted.cli.watching.WaitOption;
import dev.accepted.cli.watching.Watch;
import dev.accepted.cli.watching.WatchBoard;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accepted submit TYPE ...}: hands a job in. */
@Command(
        name = "submit",
        description = "Hands a job in and prints its id, then the address of its status. A submission that got no "
                + "answer is sent again with the same Idempotency-Key, so that one job comes of it.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  accepted submit report.generate --file examples/requests/report.json --wait",
            "  accepted submit probe.sleep millis:=5000 --at 15m --tag customer=7",
            "  jq .input order.json | accepted submit data.process - --key order-7"
        })
public final class SubmitCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Parameters(index = "0", paramLabel = "TYPE", description = "The job type, such as report.generate.")
    private String type = "";

    @Parameters(index = "1..*", paramLabel = "INPUT", description = InputOption.FORMS)
    private List<String> members = List.of();

    @Mixin
    private final InputOption input;

    @Mixin
    private final WaitOption wait = new WaitOption();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = When.Reader.class,
            description = "When to start: " + When.FORMS + ".")
    private @Nullable When start;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = When.Reader.class,
            description = "When it has to have ended, said the same way.")
    private @Nullable When deadline;

    @Option(names = "--reference", paramLabel = "TEXT", description = "A client_reference, to find it by.")
    private @Nullable String reference;

    @Option(names = "--tag", paramLabel = "NAME=VALUE", description = "A tag; may be repeated.")
    private Map<String, String> tags = new TreeMap<>();

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "The Idempotency-Key: the same command with the same key is the same job (times as such then, not as"
                            + " distances). Default: a new one.")
    private @Nullable String key;

    @Option(
            names = "--json",
            description = "Prints the receipt as it came, with --wait instead the job as it was seen last.")
    private boolean json;

    /** @param checkout whose stack is meant unless another gateway is named */
    public SubmitCommand(Checkout checkout, Map<String, String> environment, Terminal terminal) {
        this.gateway = new GatewayOption(checkout, environment);
        this.input = new InputOption(terminal.in());
        this.terminal = terminal;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        String word = key == null ? UUID.randomUUID().toString() : key;
        if (!word.matches("[\\x20-\\x7e]{1,255}")) {
            throw new ParameterException(spec.commandLine(), "--key has 1 to 255 printable ASCII characters");
        }
        Instant now = InstantSource.system().instant();
        byte[] document = document(now);
        Gateway api = gateway.open();
        Answer receipt = send(api, document, word, now);
        Job job = new Job(receipt.json());
        if (receipt.header("Idempotency-Replayed").isPresent() && key != null) {
            spec.commandLine().getErr().println("This key was used before: this is the job of then.");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (!json) {
            out.println(job.id());
            out.println(api.address(job.text("status_url")));
        }
        Job last = wait.isGiven() ? end(api, job, out) : job;
        if (json) {
            out.println(Json.pretty(last.body()));
        }
        return wait.isGiven() ? last.exitCode().code() : 0;
    }

    private byte[] document(Instant now) {
        return new JobDocument()
                .add("type", type)
                .add("scheduled_time", start == null ? null : start.ahead(now))
                .add("deadline", deadline == null ? null : deadline.ahead(now))
                .add("client_reference", reference)
                .tags(tags)
                .input(input.read(members))
                .bytes();
    }

    private Answer send(Gateway api, byte[] document, String key, Instant now) throws InterruptedException {
        String quoted = "\"" + key.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        try {
            return api.ask(Call.of("POST", "/jobs").json(document).with("Idempotency-Key", quoted));
        } catch (Refusal e) {
            if (e.exitCode() != ExitCode.NO_ANSWER) {
                throw e;
            }
            throw new Refusal(
                    e.getMessage() + "\nIt may have been accepted all the same. The same command with --key '" + key
                            + "'" + saidAgain("--at", start, now) + saidAgain("--deadline", deadline, now)
                            + " asks again and makes one job of it.",
                    e,
                    e.exitCode());
        }
    }

    /** A distance from now would be another time then, and the job another one. */
    private static String saidAgain(String option, @Nullable When time, Instant now) {
        return time == null ? "" : " " + option + " " + time.ahead(now);
    }

    private Job end(Gateway api, Job job, PrintWriter out) throws InterruptedException {
        Consumer<List<Job>> board = json ? jobs -> {} : new WatchBoard(out, terminal.seen());
        Job last = new Watch(api, wait.limit()).follow(List.of(job), board).get(0);
        if (!json) {
            out.println(last.verdict());
        }
        return last;
    }
}
