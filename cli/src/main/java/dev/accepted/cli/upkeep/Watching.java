package dev.accepted.cli.upkeep;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.gateway.Answer;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.Gateway;
import dev.accepted.cli.gateway.Refused;
import dev.accepted.cli.terminal.Plain;
import dev.accepted.cli.terminal.Progress;
import dev.accepted.cli.terminal.ProgressBoard;
import dev.accepted.cli.terminal.Refusal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Begins a verification or a rebuild, or joins one, and asks for it until it is done. For one thread. */
final class Watching {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Gateway gateway;
    private final String command;
    private final String path;

    /**
     * @param command its name
     * @param path of its kind, {@code /operations/verifications}
     */
    Watching(Gateway gateway, String command, String path) {
        this.gateway = gateway;
        this.command = command;
        this.path = path;
    }

    /** What its two commands are told alike. */
    static final class Options {

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for other operators.")
        private @Nullable String reason;

        @Option(
                names = "--follow",
                paramLabel = "ID",
                description = "Begins none, but shows one that was begun before.")
        private @Nullable String follow;

        @Option(names = "--json", description = "Shows nothing before the end, then the gateway's answer as it is.")
        private boolean json;

        /** Whether anything is said of one that is to begin or was begun. */
        boolean nameOne() {
            return follow != null || reason != null;
        }
    }

    /**
     * Begins one or joins it, shows how it gets on, and prints what it came to.
     *
     * @param print prints that for people
     * @return what it came to
     */
    JsonNode run(Options options, PrintWriter out, boolean seen, BiConsumer<JsonNode, PrintWriter> print)
            throws InterruptedException {
        Answer begun = options.follow == null ? begin(options.reason) : join(options.follow);
        ProgressBoard board = new ProgressBoard(out, seen);
        JsonNode ended = follow(begun, options.json ? progress -> {} : progress -> board.show(List.of(progress)));
        if (options.json) {
            out.println(Json.pretty(ended));
        } else {
            print.accept(ended, out);
        }
        return ended;
    }

    /**
     * Begins one.
     *
     * @return what the gateway said
     * @throws Refusal if it did not begin
     */
    private Answer begin(@Nullable String reason) throws InterruptedException {
        try {
            return gateway.ask(Call.of("POST", path + (reason == null ? "" : "?reason=" + Call.value(reason))));
        } catch (Refused refused) {
            String running = refused.problem().path("status_url").asText();
            if (!refused.slug().equals("upkeep-running") || !running.startsWith(path + "/")) {
                throw refused;
            }
            throw new Refusal(
                    refused.getMessage() + "\n`accepted " + command + " --follow "
                            + running.substring(path.length() + 1) + "` shows how it gets on.",
                    refused,
                    refused.exitCode());
        }
    }

    /** One that was begun before. */
    private Answer join(String id) throws InterruptedException {
        return gateway.ask(Call.get(path + "/" + Call.segment(id)));
    }

    /**
     * Returns when it is done, with what it came to.
     *
     * @param seen is told how far it is
     */
    private JsonNode follow(Answer begun, Consumer<Progress> seen) throws InterruptedException {
        JsonNode now = begun.json();
        seen.accept(progress(now));
        while (!now.path("done").asBoolean()) {
            Thread.sleep(PAUSE.toMillis());
            now = gateway.ask(Call.get(now.path("status_url").asText())).json();
            seen.accept(progress(now));
        }
        return now;
    }

    private Progress progress(JsonNode now) {
        JsonNode progress = now.path("progress");
        String status = now.path("done").asBoolean()
                ? now.path("status").asText()
                : now.path("stage").asText();
        return new Progress(
                command, Plain.text(status), progress.path("percent").asInt(), detail(progress));
    }

    private static String detail(JsonNode progress) {
        if (!progress.has("rate_per_second")) {
            return "";
        }
        Duration left = Duration.ofSeconds(progress.path("seconds_left").asLong());
        return String.format(
                Locale.ROOT,
                "%,d/s, %d:%02d left",
                progress.path("rate_per_second").asLong(),
                left.toMinutes(),
                left.toSecondsPart());
    }
}
