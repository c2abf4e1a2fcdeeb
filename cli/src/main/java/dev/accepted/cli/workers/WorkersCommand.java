package dev.accepted.cli.workers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.GatewayOption;
import dev.accepted.cli.terminal.Columns;
import dev.accepted.cli.terminal.Listing;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code accepted workers}: the worker processes that are there; below it what is done to one. */
@Command(
        name = "workers",
        description = "Lists the worker processes that are there: their queue, what they run, whether they take"
                + " jobs. Needs the scope operations.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  accepted workers",
            "  accepted workers drain reports-1 --reason \"its disk is full\"",
            "  accepted workers --json | jq '.items[] | select(.draining)'"
        })
public final class WorkersCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Option(names = "--json", description = "Prints the gateway's answer as it is.")
    private boolean json;

    /** @param checkout whose stack is meant unless another gateway is named */
    public WorkersCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode answer = gateway.open().ask(Call.get(WorkerList.PATH)).json();
        new Listing(
                        "No worker is there. Jobs are accepted and wait.",
                        new Columns("NAME", "QUEUE", " RUNNING", " SLOTS", "ID", "STATE"),
                        WorkerList::row)
                .print(
                        answer,
                        json,
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr());
        return 0;
    }
}
