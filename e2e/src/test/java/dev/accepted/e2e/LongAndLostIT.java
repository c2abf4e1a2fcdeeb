package dev.accepted.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long jobs beside short ones, workers that die, and a system that is stopped and started again. */
class LongAndLostIT {

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

    @Test
    void aCampaignWhoseWorkerIsKilledReachesEverybody() throws Exception {
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
            client.await(statusUrl, SOON, job -> job.get("sent_count").asInt() >= recipients * 2 / 5);
            system.signal("KILL", worker(system, client, statusUrl));
            JsonNode ended = client.awaitEnd(statusUrl, Duration.ofMinutes(5));
            assertEquals("succeeded", ended.get("status").asText(), ended.toString());
            assertEquals(recipients, ended.get("sent_count").asInt());
            assertEquals(2, ended.get("attempt").asInt());
            Map<String, Integer> mails = mailsByRecipient(system);
            assertEquals(recipients, mails.size());
            int twice = mails.values().stream().mapToInt(n -> n - 1).sum();
            System.out.printf("%d recipients, worker killed at two fifths: %d mails came twice%n", recipients, twice);
            assertTrue(twice <= 200, twice + " mails came twice");
        }
    }

    /** The worker that holds the campaign: of two it is the one that the lease names. */
    private static String worker(LocalSystem system, Client client, String statusUrl) throws Exception {
        URI database = URI.create(system.url("postgres"));
        String[] credentials = database.getUserInfo().split(":", 2);
        String jdbc = "jdbc:postgresql://"
                + database.getAuthority().substring(database.getUserInfo().length() + 1) + database.getPath();
        try (Connection connection = DriverManager.getConnection(jdbc, credentials[0], credentials[1]);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT worker FROM lease WHERE ended_at IS NULL")) {
            if (!rows.next()) {
                throw new IllegalStateException(
                        "No worker holds " + statusUrl + ": " + client.json(client.get(statusUrl)));
            }
            return "worker-" + rows.getString(1);
        }
    }

    private static Map<String, Integer> mailsByRecipient(LocalSystem system) {
        Client mailbox = new Client(system.runFile("mail").get("api").asText());
        Map<String, Integer> mails = new HashMap<>();
        JsonNode all = mailbox.json(mailbox.get("/messages?limit=200000"));
        for (JsonNode mail : all.isArray() ? all : all.get("messages")) {
            mails.merge(mail.get("to").toString(), 1, Integer::sum);
        }
        return mails;
    }
}
