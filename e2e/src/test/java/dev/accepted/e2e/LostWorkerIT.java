package dev.accepted.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the jobs of a worker that is killed. */
class LostWorkerIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration GLANCE = Duration.ofMillis(50);

    /** As many lines as lie between two checkpoints of a campaign. */
    private static final int CHECKPOINT_LINES = 100;

    @TempDir
    Path directory;

    @Test
    void itsJobsRunElsewhereWithinALeaseAndTwoSecondsAndNoOtherJobIsTouched() throws Exception {
        int jobs = Integer.getInteger("e2e.held", 60);
        try (LocalSystem system = LocalSystem.up(
                directory.resolve("data"),
                Map.of("ACCEPTED_WORKER_POLL_RECORDS", "1"),
                "--gateways",
                "2",
                "--workers",
                "probe=3")) {
            Client client = new Client(system.url());
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < jobs; i++) {
                ids.add(client.probe("probe.sleep", "{\"millis\":35000}"));
            }
            for (String id : ids) {
                client.await(
                        "/jobs/" + id, SOON, job -> job.path("status").asText().equals("processing"));
            }
            try (Connection database = new Database(system.url("postgres")).connect()) {
                Map<String, Holding> before = holdings(database);
                String killed = before.values().stream()
                        .collect(Collectors.groupingBy(Holding::worker, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .max(Map.Entry.comparingByValue())
                        .orElseThrow()
                        .getKey();
                List<String> lost = ids.stream()
                        .filter(id -> of(id, before).worker().equals(killed))
                        .toList();
                assertTrue(lost.size() < jobs, "One worker holds all " + jobs + " jobs");
                long killedAt = System.nanoTime();
                system.signal("KILL", "worker-" + killed);
                Map<String, Holding> after = holdings(database);
                while (!lost.stream().allMatch(after.keySet()::contains)
                        || lost.stream().anyMatch(id -> of(id, after).attempt() == 1)) {
                    Duration since = Duration.ofNanos(System.nanoTime() - killedAt);
                    assertTrue(since.compareTo(SOON) < 0, () -> "Not taken over within " + SOON + ": " + after);
                    Client.pause(GLANCE);
                    after.clear();
                    after.putAll(holdings(database));
                }
                Duration since = Duration.ofNanos(System.nanoTime() - killedAt);
                System.out.printf(
                        "%d of %d jobs were at the killed worker; all of them ran elsewhere after %d ms%n",
                        lost.size(), jobs, since.toMillis());
                assertTrue(since.compareTo(LEASE.plusSeconds(2)) <= 0, () -> "Taken over after " + since);
                for (String id : ids) {
                    if (lost.contains(id)) {
                        assertEquals(2, of(id, after).attempt());
                        assertNotEquals(killed, of(id, after).worker());
                    } else {
                        assertEquals(before.get(id), after.get(id), "nobody else's job is touched");
                    }
                }
            }
            for (String id : ids) {
                JsonNode ended = client.awaitEnd("/jobs/" + id, SOON);
                assertEquals("succeeded", ended.get("status").asText());
            }
        }
    }

    @Test
    void aCampaignReachesEverybodyAndFewTwice() throws Exception {
        int recipients = Integer.getInteger("e2e.recipients", 1_500);
        try (LocalSystem system = LocalSystem.up(
                directory.resolve("data"),
                Map.of(
                        "ACCEPTED_EMAIL_RATE_PER_SECOND",
                        Integer.getInteger("e2e.rate", 150).toString()),
                "--workers",
                "email=2")) {
            Client client = new Client(system.url(), system.token());
            StringBuilder list = new StringBuilder("email,first_name\n");
            for (int i = 0; i < recipients; i++) {
                list.append("person")
                        .append(i)
                        .append("@example.com,Person ")
                        .append(i)
                        .append('\n');
            }
            HttpResponse<byte[]> stored = client.send(
                    "PUT",
                    "/recipient-lists/everybody",
                    "text/csv",
                    list.toString().getBytes(StandardCharsets.UTF_8));
            assertEquals(201, stored.statusCode(), new String(stored.body(), StandardCharsets.UTF_8));
            JsonNode accepted = client.submit("/email/campaigns", """
                    {"campaign_name":"Kill","subject":"Hello {{first_name}}","content":"Dear {{first_name}}",
                     "recipient_list_id":"everybody"}""");
            assertEquals(recipients, accepted.get("recipient_count").asInt());
            String statusUrl = accepted.get("status_url").asText();
            assertEquals("/campaigns/" + accepted.get("campaign_id").asText() + "/status", statusUrl);
            client.await(statusUrl, SOON, job -> job.path("sent_count").asInt() >= recipients * 2 / 5);
            try (Connection database = new Database(system.url("postgres")).connect()) {
                String worker = of(accepted.get("campaign_id").asText(), holdings(database))
                        .worker();
                system.signal("KILL", "worker-" + worker);
            }
            JsonNode ended = client.awaitEnd(statusUrl, Duration.ofMinutes(5));
            assertEquals("succeeded", ended.get("status").asText(), ended.toString());
            assertEquals(recipients, ended.get("sent_count").asInt());
            assertEquals(2, ended.get("attempt").asInt());
            Map<String, List<String>> mails = messageIdsByRecipient(system);
            assertEquals(recipients, mails.size());
            mails.forEach((to, messageIds) ->
                    assertEquals(1, messageIds.stream().distinct().count(), () -> to + " got " + messageIds));
            int twice = mails.values().stream().mapToInt(ids -> ids.size() - 1).sum();
            System.out.printf(
                    "%d recipients, worker killed at two fifths: %d mails came twice, with the same Message-ID%n",
                    recipients, twice);
            assertTrue(twice <= CHECKPOINT_LINES, twice + " mails came twice");
        }
    }

    private record Holding(String worker, int attempt) {}

    private static Holding of(String id, Map<String, Holding> holdings) {
        return Objects.requireNonNull(holdings.get(id), "Nobody holds the job");
    }

    /** The leases, by job. */
    private static Map<String, Holding> holdings(Connection database) throws SQLException {
        Map<String, Holding> holdings = new HashMap<>();
        try (Statement statement = database.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT job_id, worker, attempt FROM lease WHERE ended_at IS NULL")) {
            while (row.next()) {
                holdings.put(row.getString("job_id"), new Holding(row.getString("worker"), row.getInt("attempt")));
            }
        }
        return holdings;
    }

    private static Map<String, List<String>> messageIdsByRecipient(LocalSystem system) {
        Client mailbox = new Client(system.runFile("mail").get("api").asText());
        Map<String, List<String>> ids = new HashMap<>();
        for (JsonNode mail : mailbox.json(mailbox.get("/messages?limit=200000")).get("messages")) {
            ids.computeIfAbsent(mail.get("to").asText(), to -> new ArrayList<>())
                    .add(mail.get("headers").get("Message-ID").asText());
        }
        return ids;
    }
}
