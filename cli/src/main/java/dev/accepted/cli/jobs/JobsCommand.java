package dev.accepted.cli.jobs;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.gateway.GatewayOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code accepted jobs}: the caller's jobs. */
@Command(
        name = "jobs",
        description = "Lists jobs, the newest first.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  accepted jobs --status failed,expired --since 2h",
            "  accepted jobs --type report.generate --tag customer=7 --all",
            "  accepted jobs --status queued --json --all",
            "  accepted jobs --all-tenants --status failed --error \"no paper\" --since 1d"
        })
public final class JobsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Mixin
    private final JobFilter filter = new JobFilter();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many at most. Default: ${DEFAULT-VALUE}.")
    private long limit;

    @Option(names = "--all", description = "All of them, page by page.")
    private boolean all;

    @Option(names = "--json", description = "Prints {\"items\":[…]}, with \"more\" if there are more.")
    private boolean json;

    /** @param checkout whose stack is meant unless another gateway is named */
    public JobsCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit is 1 or more");
        }
        String query = filter.query(InstantSource.system().instant());
        JobPages pages = new JobPages(gateway.open(), filter.whose(), query, all ? Long.MAX_VALUE : limit);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JobList.json(pages, out);
        } else {
            JobList.table(pages, out, spec.commandLine().getErr());
        }
        return 0;
    }
}
