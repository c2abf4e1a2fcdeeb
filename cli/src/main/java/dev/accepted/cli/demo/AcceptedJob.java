package dev.accepted.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.terminal.Progress;

/**
 * A submitted example, as its status resource shows it now.
 *
 * @param example what was submitted
 * @param statusUrl from the 202's body
 * @param state the 202's body, later that of the status resource
 */
record AcceptedJob(Example example, String statusUrl, JsonNode state) {

    AcceptedJob with(JsonNode newState) {
        return new AcceptedJob(example, statusUrl, newState);
    }

    boolean isDone() {
        return state.path("done").asBoolean();
    }

    boolean hasSucceeded() {
        return isDone() && status().equals("succeeded");
    }

    String status() {
        return state.path("status").asText();
    }

    /** Where its result is. */
    String resultUrl() {
        String id = state.path("job_id").asText(state.path("campaign_id").asText());
        return state.path("result_url").asText("/jobs/" + id + "/result");
    }

    Progress progress() {
        int percent =
                hasSucceeded() ? 100 : state.path("progress").path("percent").asInt();
        String detail = state.path("error")
                .path("detail")
                .asText(state.path("progress").path("message").asText());
        return new Progress(example.label(), status(), percent, detail);
    }
}
