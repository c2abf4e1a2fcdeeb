package dev.accepted.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.GatewayOption;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is asked of one replay. */
abstract sealed class OneCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Parameters(paramLabel = "ID", description = "The replay, as `accepted replays` names it.")
    private String id = "";

    @Option(names = "--json", description = "Prints the gateway's answer as it is.")
    private boolean json;

    OneCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    abstract Call call(String path);

    @Override
    public Integer call() throws InterruptedException {
        JsonNode answer = gateway.open().ask(call(Replay.path(id))).json();
        if (json) {
            spec.commandLine().getOut().println(Json.pretty(answer));
        } else {
            new Replay(answer).print(spec.commandLine().getOut());
        }
        return 0;
    }

    /** {@code accepted replays get ID}. */
    @Command(
            name = "get",
            description = "Shows a replay: how far it is, what happened to it, why jobs failed again.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  accepted replays get 019ad6a2-… --json")
    static final class Get extends OneCommand {
        Get(Checkout checkout, Map<String, String> environment) {
            super(checkout, environment);
        }

        @Override
        Call call(String path) {
            return Call.get(path);
        }
    }

    /** What is done to one, with a reason. */
    abstract static sealed class Act extends OneCommand {

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for other operators.")
        private @Nullable String reason;

        private final String act;

        Act(Checkout checkout, Map<String, String> environment, String act) {
            super(checkout, environment);
            this.act = act;
        }

        @Override
        Call call(String path) {
            return Call.of("POST", path + "/" + act + (reason == null ? "" : "?reason=" + Call.value(reason)));
        }
    }

    /** {@code accepted replays pause ID}. */
    @Command(
            name = "pause",
            description = "Has a replay send nothing more for now; what was sent goes on.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  accepted replays pause 019ad6a2-… --reason \"too many mails at once\"")
    static final class Pause extends Act {
        Pause(Checkout checkout, Map<String, String> environment) {
            super(checkout, environment, "pause");
        }
    }

    /** {@code accepted replays resume ID}. */
    @Command(
            name = "resume",
            description = "Lets a paused replay go on.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  accepted replays resume 019ad6a2-…")
    static final class Resume extends Act {
        Resume(Checkout checkout, Map<String, String> environment) {
            super(checkout, environment, "resume");
        }
    }

    /** {@code accepted replays abort ID}. */
    @Command(
            name = "abort",
            description = "Ends a replay for good; what was sent goes on.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  accepted replays abort 019ad6a2-… --reason \"wrong selection\"")
    static final class Abort extends Act {
        Abort(Checkout checkout, Map<String, String> environment) {
            super(checkout, environment, "abort");
        }
    }
}
