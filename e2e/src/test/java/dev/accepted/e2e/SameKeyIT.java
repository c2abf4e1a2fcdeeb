package dev.accepted.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.e2e.history.History;
import dev.accepted.e2e.scenario.Fleet;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Requests with one key, through two gateways. */
@ExtendWith(SharedSystem.class)
class SameKeyIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final int REQUESTS = 200;

    @TempDir
    Path directory;

    private Path executions() {
        return directory.resolve("executions");
    }

    private LocalSystem up() throws Exception {
        Map<String, String> environment =
                Map.of("PROBE_EXECUTION_LOG", executions().toString());
        return LocalSystem.up(directory.resolve("data"), environment, "--gateways", "2", "--workers", "probe=1");
    }

    private static String job(String reference) {
        return "{\"type\":\"probe.sleep\",\"client_reference\":\"%s\",\"input\":{\"millis\":300}}".formatted(reference);
    }

    @Test
    void twoHundredRequestsAtOnceMakeOneJobAndAreToldTheSame(LocalSystem system) throws Exception {
        Path executions = SharedSystem.executions(system);
        long executedBefore =
                Files.exists(executions) ? Files.readAllLines(executions).size() : 0;
        List<Client> gateways = List.of(new Client(system.url("gateway-1")), new Client(system.url("gateway-2")));
        List<HttpResponse<byte[]>> answers = allAtOnce(gateways, "one key", job("crowd"));
        Map<Integer, Long> codes = new TreeMap<>(
                answers.stream().collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting())));
        System.out.printf("%d requests with one key at two gateways at once: %s%n", REQUESTS, codes);
        assertTrue(Set.of(202, 409).containsAll(codes.keySet()), codes.toString());
        answers.stream()
                .filter(answer -> answer.statusCode() == 409)
                .forEach(answer -> assertEquals(
                        "1", answer.headers().firstValue("Retry-After").orElse("")));
        Set<String> told = answers.stream()
                .filter(answer -> answer.statusCode() == 202)
                .map(answer -> new String(answer.body(), StandardCharsets.UTF_8))
                .collect(Collectors.toSet());
        assertEquals(1, told.size(), told.toString());
        String id = onlyJob(gateways.get(0), "crowd");
        JsonNode ended = gateways.get(1).awaitEnd("/jobs/" + id, SOON);
        assertEquals("succeeded", ended.get("status").asText());
        for (Client gateway : gateways) {
            HttpResponse<byte[]> late = gateway.submitWithKey("one key", job("crowd"));
            assertEquals(202, late.statusCode());
            assertEquals(
                    "true", late.headers().firstValue("Idempotency-Replayed").orElse(""));
            assertEquals(told, Set.of(new String(late.body(), StandardCharsets.UTF_8)));
        }
        assertEquals(
                List.of(id + " 1"),
                Files.readAllLines(executions).stream().skip(executedBefore).toList());
    }

    private static List<HttpResponse<byte[]>> allAtOnce(List<Client> gateways, String key, String body)
            throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(REQUESTS);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<HttpResponse<byte[]>>> sent = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                Client gateway = gateways.get(i % gateways.size());
                sent.add(clients.submit(() -> {
                    start.await();
                    return gateway.submitWithKey(key, body);
                }));
            }
            start.countDown();
            List<HttpResponse<byte[]>> answers = new ArrayList<>();
            for (Future<HttpResponse<byte[]>> answer : sent) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void aGatewayThatIsKilledBetweenTheKeyAndTheLogLeavesTheJobToTheRetry() throws Exception {
        try (LocalSystem system = up();
                Fleet fleet = new Fleet(system, Map.of(), new History(), directory.resolve("logs"));
                Connection database = new Database(system.url("postgres")).connect()) {
            Client first = new Client(fleet.url("gateway-1"));
            Client second = new Client(fleet.url("gateway-2"));
            // Each has sent something before: what is to come shall wait for the broker, not for the topic.
            for (Client gateway : List.of(first, second)) {
                gateway.awaitEnd("/jobs/" + gateway.probe("probe.noop", "{}"), SOON);
            }
            fleet.halt(List.of("kafka-1"));
            CompletableFuture<HttpResponse<byte[]>> lost =
                    CompletableFuture.supplyAsync(() -> first.submitWithKey("killed", job("killed")));
            awaitReserved(database, "killed");
            fleet.kill("gateway-1");
            long killedAt = System.nanoTime();
            assertTrue(lost.handle((answer, failure) -> failure != null).get(), "It was answered before it was killed");
            assertEquals("reserved", state(database, "killed"));
            fleet.wake(List.of("kafka-1"));
            Map<Integer, Integer> codes = new TreeMap<>();
            HttpResponse<byte[]> answer = second.submitWithKey("killed", job("killed"));
            while (answer.statusCode() != 202) {
                codes.merge(answer.statusCode(), 1, Integer::sum);
                assertTrue(Set.of(409, 503).contains(answer.statusCode()), () -> "Refused: " + codes);
                assertTrue(Duration.ofNanos(System.nanoTime() - killedAt).compareTo(SOON) < 0, codes::toString);
                Client.pause(AGAIN);
                answer = second.submitWithKey("killed", job("killed"));
            }
            System.out.printf(
                    "Killed between key and log: a retry at the other gateway was accepted after %d ms, refused before: %s%n",
                    Duration.ofNanos(System.nanoTime() - killedAt).toMillis(), codes);
            String id = second.json(answer).get("job_id").asText();
            JsonNode ended = second.awaitEnd("/jobs/" + id, SOON);
            assertEquals("succeeded", ended.get("status").asText());
            assertEquals(id, onlyJob(second, "killed"));
            assertEquals(
                    1,
                    Files.readAllLines(executions()).stream()
                            .filter(line -> line.startsWith(id))
                            .count());
        }
    }

    private static void awaitReserved(Connection database, String key) throws Exception {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!state(database, key).equals("reserved")) {
            assertFalse(System.nanoTime() > deadline, "The key was not reserved within " + SOON);
            Client.pause(GLANCE);
        }
    }

    private static String state(Connection database, String key) throws SQLException {
        try (PreparedStatement query = database.prepareStatement("SELECT state FROM idempotency_key WHERE key = ?")) {
            query.setString(1, key);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    /** The job of that reference, of which there is one. */
    private static String onlyJob(Client client, String reference) throws InterruptedException {
        JsonNode page = client.await(
                "/jobs?client_reference=" + reference,
                SOON,
                jobs -> !jobs.path("items").isEmpty());
        assertEquals(1, page.get("items").size(), page.toString());
        return page.get("items").get(0).get("job_id").asText();
    }
}
