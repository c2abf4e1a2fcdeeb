package dev.accepted.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.terminal.ExitCode;
import dev.accepted.cli.terminal.Facts;
import dev.accepted.cli.terminal.Moments;
import dev.accepted.cli.terminal.Plain;
import dev.accepted.cli.terminal.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** A replay as a gateway shows it. */
record Replay(JsonNode body) {

    private static final int LONGEST_CAUSE = 100;

    static String path(String id) {
        return "/operations/replays/" + Call.segment(id);
    }

    String id() {
        return body.path("replay_id").asText();
    }

    boolean done() {
        return body.path("done").asBoolean();
    }

    private String status() {
        return body.path("status").asText();
    }

    private long count(String of) {
        return body.path("counts").path(of).asLong();
    }

    /** What it ends a command with: well only if it came to its end and no job failed again. */
    ExitCode exitCode() {
        return status().equals("succeeded") && count("failed") == 0 ? ExitCode.DONE : ExitCode.ENDED_BADLY;
    }

    /**
     * How far it is.
     *
     * @param rate jobs that end in a second; below 0 if not known yet
     */
    Progress progress(double rate) {
        StringBuilder detail = new StringBuilder();
        detail.append(count("succeeded"))
                .append(" ok, ")
                .append(count("failed"))
                .append(" failed, ");
        detail.append(count("running")).append(" running");
        if (rate > 0 && !done()) {
            long left = count("matched") - count("left_out") - count("succeeded") - count("failed");
            detail.append(String.format(Locale.ROOT, ", %.0f/s, %d s left", rate, (long) Math.ceil(left / rate)));
        }
        String stage = body.path("stage").asText();
        return new Progress(
                "",
                stage.isEmpty() || status().equals("paused") ? status() : stage,
                body.path("progress").path("percent").asInt(),
                detail.toString());
    }

    long ended() {
        return count("succeeded") + count("failed");
    }

    void print(PrintWriter out) {
        Facts facts = new Facts()
                .add("replay", id())
                .add("mode", body.path("mode").asText())
                .add("status", status())
                .add("stage", body.path("stage").asText())
                .add("actor", body.path("actor").asText())
                .add("reason", body.path("reason").asText())
                .add("select", body.path("select").toString())
                .add("begun", Moments.local(body.path("created_at").asText()))
                .add("ended", Moments.local(body.path("finished_at").asText()));
        body.path("counts")
                .properties()
                .forEach(count -> facts.add(
                        count.getKey().replace('_', ' '), count.getValue().asText()));
        facts.add("stopped because", body.path("stopped_because").asText()).print(out);
        printCauses(body, out);
        for (JsonNode note : body.path("timeline")) {
            String by = note.path("by").asText();
            String detail = note.path("detail").asText();
            out.println("  " + Moments.local(note.path("at").asText()) + "  "
                    + note.path("what").asText() + (by.isEmpty() ? "" : " by " + Plain.text(by))
                    + (detail.isEmpty() ? "" : ": " + Plain.text(detail)));
        }
        out.flush();
    }

    /** Why jobs failed, the commonest first. */
    static void printCauses(JsonNode of, PrintWriter out) {
        for (JsonNode cause : of.path("causes")) {
            out.printf(
                    "%8d  %s %s: %s%n",
                    cause.path("count").asLong(),
                    Plain.text(cause.path("type").asText()),
                    cause.path("status").asText(),
                    Plain.text(cause.path("detail").asText(), LONGEST_CAUSE));
        }
    }
}
