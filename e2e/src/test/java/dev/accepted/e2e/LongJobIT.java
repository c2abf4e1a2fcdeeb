package dev.accepted.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A long job beside short ones, and in a system that is stopped and started again. */
class LongJobIT {

    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    @Test
    void aLongJobHoldsUpNobodyAndSurvivesARestart() throws Exception {
        Path data = directory.resolve("data");
        Map<String, String> onePartition = Map.of("ACCEPTED_TOPICS_COMMAND_PARTITIONS", "1");
        String held;
        String scheduled;
        try (LocalSystem system = LocalSystem.up(data, onePartition, "--workers", "probe=1")) {
            Client client = new Client(system.url());
            held = client.probe("probe.sleep", "{\"millis\":600000}");
            client.await("/jobs/" + held, SOON, job -> job.has("started_at"));
            List<String> shorts = new ArrayList<>();
            for (int i = 0; i < Integer.getInteger("e2e.shorts", 1_000); i++) {
                shorts.add(client.probe("probe.noop", "{}"));
            }
            for (String id : shorts) {
                assertEquals(
                        "succeeded",
                        client.awaitEnd("/jobs/" + id, SOON).get("status").asText());
            }
            assertEquals(
                    "processing",
                    client.json(client.get("/jobs/" + held)).get("status").asText());
            scheduled = client.submit(
                            "/jobs",
                            "{\"type\":\"probe.noop\",\"input\":{},\"scheduled_time\":\"%s\"}"
                                    .formatted(java.time.Instant.now().plusSeconds(5)))
                    .get("status_url")
                    .asText();
        }
        try (LocalSystem system = LocalSystem.up(data, onePartition, "--workers", "probe=1")) {
            Client client = new Client(system.url());
            assertEquals(
                    "succeeded", client.awaitEnd(scheduled, SOON).get("status").asText());
            // The worker handed it back when it was stopped; another attempt runs.
            JsonNode again = client.await(
                    "/jobs/" + held,
                    SOON,
                    job -> job.get("attempt").asInt() == 2
                            && job.get("status").asText().equals("processing"));
            assertEquals("probe.sleep", again.get("type").asText());
        }
    }
}
