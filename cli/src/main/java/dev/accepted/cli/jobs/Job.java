package dev.accepted.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.Gateway;
import dev.accepted.cli.terminal.ExitCode;
import dev.accepted.cli.terminal.Moments;
import dev.accepted.cli.terminal.Plain;

/**
 * A job as a gateway shows it.
 *
 * @param body a status, an item of a list, or the receipt
 */
public record Job(JsonNode body) {

    private static final String SUCCEEDED = "succeeded";

    /** Asks for it. */
    public static Job find(Gateway gateway, String id) throws InterruptedException {
        return find(gateway, Whose.CALLERS, id);
    }

    static Job find(Gateway gateway, Whose whose, String id) throws InterruptedException {
        return new Job(gateway.ask(Call.get(whose.path(id))).json());
    }

    public String id() {
        return text("job_id");
    }

    public String type() {
        return text("type");
    }

    public String status() {
        return text("status");
    }

    public boolean isDone() {
        return body.path("done").asBoolean();
    }

    public boolean hasSucceeded() {
        return isDone() && status().equals(SUCCEEDED);
    }

    /** Counts what a client can see of it. */
    public int version() {
        return body.path("version").asInt();
    }

    /** How far it is: 0 to 100. */
    public int percent() {
        return hasSucceeded() ? 100 : body.path("progress").path("percent").asInt();
    }

    /** What it says of itself: how it went wrong, else what it does or waits for, else nothing. */
    public String remark() {
        JsonNode error = body.path("error");
        if (!error.isMissingNode()) {
            String detail = error.path("detail").asText();
            String place = error.path("pointer").asText();
            return Plain.text(place.isEmpty() ? detail : place + " " + detail);
        }
        String message = Plain.text(body.path("progress").path("message").asText());
        return message.isEmpty() && !isDone() ? whatIsWaitedFor() : message;
    }

    private String whatIsWaitedFor() {
        if (body.has("next_attempt_at")) {
            return "next attempt at " + Moments.local(text("next_attempt_at"));
        }
        boolean waits = body.has("scheduled_time") && !body.has("started_at");
        return waits ? "to start at " + Moments.local(text("scheduled_time")) : "";
    }

    /** What whoever waited for its end is told. */
    public ExitCode exitCode() {
        if (!isDone()) {
            return ExitCode.NO_ANSWER;
        }
        return hasSucceeded() ? ExitCode.DONE : ExitCode.ENDED_BADLY;
    }

    /** One line on how it stands, with what to do next. */
    public String verdict() {
        String line = id() + " " + status();
        if (!isDone()) {
            return line + "; it goes on, and `accepted watch " + id() + "` follows it";
        }
        if (body.has("result_url")) {
            return line + "; `accepted result " + id() + "` fetches its result";
        }
        return remark().isEmpty() ? line : line + ": " + remark();
    }

    /** A member that is a text; empty when there is none. */
    public String text(String member) {
        return Plain.text(body.path(member).asText());
    }
}
