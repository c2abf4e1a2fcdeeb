package dev.accepted.cli.results;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.gateway.Answer;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.Gateway;
import dev.accepted.cli.gateway.GatewayOption;
import dev.accepted.cli.gateway.Refused;
import dev.accepted.cli.jobs.Job;
import dev.accepted.cli.terminal.ExitCode;
import dev.accepted.cli.terminal.Refusal;
import dev.accepted.cli.terminal.Terminal;
import dev.accepted.cli.watching.WaitOption;
import dev.accepted.cli.watching.Watch;
import dev.accepted.cli.watching.WatchBoard;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
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

/** {@code accepted result ID}: fetches a result. */
@Command(
        name = "result",
        description = "Fetches a job's result to standard output or into a file. A job that ended without one ends "
                + "this with 1, one that has not ended yet with 3, unless it is waited for.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  accepted result job-01m8… -o report.pdf --wait", "  accepted result job-01m8… | jq .centroids"})
public final class ResultCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Mixin
    private final WaitOption wait = new WaitOption();

    @Parameters(paramLabel = "ID", description = "The job's id.")
    private String id = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to put it. Default: standard output, which a terminal takes only text from.")
    private @Nullable Path file;

    @Option(names = "--force", description = "Replaces the file if it is there.")
    private boolean force;

    /** @param checkout whose stack is meant unless another gateway is named */
    public ResultCommand(Checkout checkout, Map<String, String> environment, Terminal terminal) {
        this.gateway = new GatewayOption(checkout, environment);
        this.terminal = terminal;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        Target target = file == null ? new Target.Output(terminal) : Target.File.of(file, force);
        Gateway api = gateway.open();
        if (wait.isGiven()) {
            Job last = end(api);
            if (!last.isDone()) {
                throw new Refusal(last.verdict(), last.exitCode());
            }
        }
        Call download = Call.get(where(api)).with("Accept", "*/*");
        HttpResponse<InputStream> response = api.download(download);
        String type = response.headers().firstValue("Content-Type").orElse("application/octet-stream");
        try (InputStream content = response.body()) {
            target.take(content, type).ifPresent(spec.commandLine().getErr()::println);
        } catch (IOException e) {
            throw target.failed(e, api.silence(download, e));
        }
        return 0;
    }

    private Job end(Gateway api) throws InterruptedException {
        WatchBoard board = new WatchBoard(spec.commandLine().getErr(), terminal.seen());
        return new Watch(api, wait.limit())
                .follow(List.of(Job.find(api, id)), board)
                .get(0);
    }

    private String where(Gateway api) throws InterruptedException {
        try {
            Answer answer = api.ask(Call.get("/jobs/" + Call.segment(id) + "/result"));
            return answer.header("Location")
                    .orElseThrow(() -> new Refusal(
                            answer.address() + " does not say where the result is. Is it a gateway's?",
                            ExitCode.NO_ANSWER));
        } catch (Refused e) {
            if (e.slug().equals("no-result")) {
                throw new Refusal(
                        String.valueOf(e.getMessage()) + "\n  `accepted job " + id + " --timeline` tells how it ended.",
                        e,
                        ExitCode.ENDED_BADLY);
            }
            throw e;
        }
    }
}
