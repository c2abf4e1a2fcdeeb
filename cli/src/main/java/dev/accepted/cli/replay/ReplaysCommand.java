package dev.accepted.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.GatewayOption;
import dev.accepted.cli.terminal.Columns;
import dev.accepted.cli.terminal.Listing;
import dev.accepted.cli.terminal.Moments;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code accepted replays}: the replays there are; below it what is done to one. */
@Command(
        name = "replays",
        description = "Lists replays, the newest first. Needs the scope operations.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  accepted replays",
            "  accepted replays get ID",
            "  accepted replays pause ID --reason 'too many mails'"
        })
public final class ReplaysCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Option(names = "--json", description = "Prints the gateway's answer as it is.")
    private boolean json;

    /** @param checkout whose stack is meant unless another gateway is named */
    public ReplaysCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    /** The command with what is done to one replay below it. */
    public static CommandLine whole(Checkout checkout, Map<String, String> environment) {
        return new CommandLine(new ReplaysCommand(checkout, environment))
                .addSubcommand(new CommandLine(new ReplaysCommand(checkout, environment)).setCommandName("list"))
                .addSubcommand(new OneCommand.Get(checkout, environment))
                .addSubcommand(new OneCommand.Pause(checkout, environment))
                .addSubcommand(new OneCommand.Resume(checkout, environment))
                .addSubcommand(new OneCommand.Abort(checkout, environment));
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode answer = gateway.open().ask(Call.get("/operations/replays")).json();
        new Listing(
                        "There is no replay. `accepted replay --help` shows how one begins.",
                        new Columns(
                                "REPLAY",
                                "MODE",
                                "STATUS",
                                " MATCHED",
                                " SENT",
                                " OK",
                                " FAILED",
                                "BEGUN",
                                "BY",
                                "REASON"),
                        ReplaysCommand::row)
                .print(
                        answer,
                        json,
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr());
        return 0;
    }

    private static List<String> row(JsonNode replay) {
        JsonNode counts = replay.path("counts");
        return List.of(
                replay.path("replay_id").asText(),
                replay.path("mode").asText(),
                replay.path("status").asText(),
                counts.path("matched").asText(),
                counts.path("sent").asText(),
                counts.path("succeeded").asText(),
                counts.path("failed").asText(),
                Moments.local(replay.path("created_at").asText()),
                replay.path("actor").asText(),
                replay.path("reason").asText());
    }
}
