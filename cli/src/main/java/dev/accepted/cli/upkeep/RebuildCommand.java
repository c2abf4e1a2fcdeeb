package dev.accepted.cli.upkeep;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.Gateway;
import dev.accepted.cli.gateway.GatewayOption;
import dev.accepted.cli.terminal.ExitCode;
import dev.accepted.cli.terminal.Plain;
import dev.accepted.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code accepted rebuild}: makes the table anew out of the log. */
@Command(
        name = "rebuild",
        description =
                "Has a gateway fill a new table of jobs from the log beside the live one, and put it in its place; "
                        + "all goes on meanwhile. The old one is kept until --drop-old. Ends with 0 if the new table is in place, "
                        + "with 1 if the old one still is. Ctrl-C ends the watching alone. Needs the scope operations.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  accepted rebuild --reason \"a row was changed by hand\"",
            "  accepted verify && accepted rebuild --drop-old"
        })
public final class RebuildCommand implements Callable<Integer> {

    private static final String PATH = "/operations/rebuilds";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Mixin
    private final Watching.Options watched = new Watching.Options();

    @Option(names = "--drop-old", description = "Begins none, but drops the table that the last one replaced.")
    private boolean dropOld;

    /** @param checkout whose stack is meant unless another gateway is named */
    public RebuildCommand(Checkout checkout, Map<String, String> environment, Terminal terminal) {
        this.gateway = new GatewayOption(checkout, environment);
        this.terminal = terminal;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        if (dropOld && watched.nameOne()) {
            throw new ParameterException(spec.commandLine(), "--drop-old goes neither with --follow nor with --reason");
        }
        Gateway api = gateway.open();
        if (dropOld) {
            api.ask(Call.of("DELETE", PATH + "/old"));
            spec.commandLine().getErr().println("The old table is dropped.");
            return ExitCode.DONE.code();
        }
        JsonNode rebuild = new Watching(api, "rebuild", PATH)
                .run(watched, spec.commandLine().getOut(), terminal.seen(), RebuildCommand::print);
        boolean swapped = rebuild.path("status").asText().equals("succeeded");
        return (swapped ? ExitCode.DONE : ExitCode.ENDED_BADLY).code();
    }

    private static void print(JsonNode rebuild, PrintWriter out) {
        if (rebuild.has("failure")) {
            out.println("Not rebuilt: " + Plain.text(rebuild.path("failure").asText()));
            return;
        }
        long carried = rebuild.path("carried_over").asLong();
        if (carried > 0) {
            out.printf("%d jobs were taken over as they were: the log has lost records of them.%n", carried);
        }
        out.printf(
                "Rebuilt: %d jobs. For the swap the fold stood still for %d ms. The old table is kept until `accepted"
                        + " rebuild --drop-old`.%n",
                rebuild.path("jobs").asLong(), rebuild.path("blocked_millis").asLong());
    }
}
