package dev.accepted.e2e.description;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.e2e.Client;
import dev.accepted.e2e.LocalSystem;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Things that are there to be asked for: jobs that have ended and jobs that wait, their results, names that are taken. */
final class Facts {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String DATA =
            "{\"dataset_name\":\"d\",\"analysis_type\":\"summary_statistics\",\"data\":[[1,2],[3,5]]}";
    private static final String CAMPAIGN =
            "{\"campaign_name\":\"c\",\"subject\":\"s\",\"content\":\"t\",\"recipient_list_id\":\"list-789\"}";

    private final Client client;

    Facts(Client client) {
        this.client = client;
    }

    /** Makes them, and says what they are called. */
    Map<String, String> make() throws Exception {
        put("/recipient-lists/list-789", "text/csv", "email\nada@example.com\n");
        put("/ledgers/2023", "text/csv", Files.readString(LocalSystem.checkout().resolve("examples/ledger-2023.csv")));
        put(
                "/schedules/nightly",
                "application/json",
                "{\"cron\":\"30 2 * * 1-5\",\"zone\":\"UTC\",\"type\":\"probe.noop\",\"input\":{}}");
        put("/operations/limits/types/limited-by-a-test", "application/json", "{\"most\":3}");
        Instant ahead = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(10, ChronoUnit.DAYS);
        String campaign =
                client.submit("/email/campaigns", CAMPAIGN).path("campaign_id").asText();
        JsonNode done = client.awaitEnd(
                client.submit("/data/process", DATA).path("status_url").asText(), SOON);
        String location = client.get(done.path("result_url").asText())
                .headers()
                .firstValue("Location")
                .orElseThrow();
        JsonNode batch = client.submit("/jobs/batch", "{\"items\":[{\"type\":\"probe.noop\",\"input\":{}}]}");
        JsonNode replay = client.submit(
                "/operations/replays", "{\"mode\":\"failed\",\"reason\":\"r\",\"select\":{\"tenant\":[\"nobody\"]}}");
        return Map.of(
                "campaign", campaign,
                "done", done.path("job_id").asText(),
                "digest", location.substring(location.lastIndexOf('/') + 1),
                "waiting", waiting(ahead),
                "movable", waiting(ahead),
                "batch", batch.path("batch_id").asText(),
                "replay", replay.path("replay_id").asText(),
                "ahead", ahead.toString(),
                "further", ahead.plus(1, ChronoUnit.DAYS).toString());
    }

    private String waiting(Instant start) {
        String job = "{\"type\":\"probe.noop\",\"input\":{},\"scheduled_time\":\"%s\"}".formatted(start);
        return client.submit("/jobs", job).path("job_id").asText();
    }

    private void put(String path, String contentType, String body) {
        HttpResponse<byte[]> answer = client.send("PUT", path, contentType, body.getBytes(StandardCharsets.UTF_8));
        if (answer.statusCode() != 201 && answer.statusCode() != 200) {
            throw new AssertionError(path + " " + new String(answer.body(), StandardCharsets.UTF_8));
        }
    }
}
