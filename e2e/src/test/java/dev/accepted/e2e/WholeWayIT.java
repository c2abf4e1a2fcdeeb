package dev.accepted.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A job's whole way on real processes: two gateways, a probe worker, an analytics worker. */
@ExtendWith(SharedSystem.class)
class WholeWayIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 64;

    private static LocalSystem system;
    private static Client client;
    private static Client other;

    @BeforeAll
    static void use(LocalSystem shared) {
        system = shared;
        client = new Client(system.url("gateway-1"));
        other = new Client(system.url("gateway-2"));
    }

    @Test
    void aJobIsFoundOnEveryGatewayAtOnce() throws Exception {
        List<Future<Integer>> found = inParallel(1_000, i -> {
            Client submitsTo = i % 2 == 0 ? client : other;
            Client asks = i % 4 < 2 ? client : other;
            String statusUrl = submitsTo
                    .submit("/jobs", "{\"type\":\"probe.noop\",\"input\":{}}")
                    .get("status_url")
                    .asText();
            return asks.get(statusUrl).statusCode();
        });
        for (Future<Integer> status : found) {
            assertEquals(200, status.get());
        }
    }

    @Test
    void everyNoopSucceedsAndIsExecutedOnce() throws Exception {
        int jobs = Integer.getInteger("e2e.noops", 10_000);
        long[] nanos = new long[jobs];
        Instant began = Instant.now();
        List<Future<String>> submissions = inParallel(jobs, i -> {
            long sent = System.nanoTime();
            String id = client.probe("probe.noop", "{}");
            nanos[i] = System.nanoTime() - sent;
            return id;
        });
        Set<String> ids = new HashSet<>();
        for (Future<String> id : submissions) {
            ids.add(id.get());
        }
        Duration accepting = Duration.between(began, Instant.now());
        List<String> all = List.copyOf(ids);
        List<Future<String>> ends = inParallel(
                all.size(),
                i -> client.awaitEnd("/jobs/" + all.get(i), SOON).get("status").asText());
        for (Future<String> end : ends) {
            assertEquals("succeeded", end.get());
        }
        Duration allDone = Duration.between(began, Instant.now());
        Arrays.sort(nanos);
        System.out.printf(
                "%d noops, %d connections: accepted in %.1f s (%.0f/s), POST p50 %.1f ms, p99 %.1f ms; all seen done after %.1f s%n",
                jobs,
                CONNECTIONS,
                accepting.toMillis() / 1e3,
                jobs * 1e3 / accepting.toMillis(),
                nanos[jobs / 2] / 1e6,
                nanos[jobs * 99 / 100] / 1e6,
                allDone.toMillis() / 1e3);
        assertEquals(jobs, ids.size());
        List<String> executed;
        try (var lines = Files.lines(SharedSystem.executions(system))) {
            executed = lines.filter(line -> ids.contains(line.substring(0, line.indexOf(' '))))
                    .toList();
        }
        assertEquals(jobs, executed.size());
        assertEquals(jobs, new HashSet<>(executed).size());
    }

    @Test
    void aBodyOfExactlyOneMebibyteIsProcessed() throws Exception {
        JsonNode accepted = client.submit("/data/process", dataset(1_048_576));
        assertEquals(
                "/jobs/" + accepted.get("job_id").asText(),
                accepted.get("status_url").asText());
        JsonNode ended = client.awaitEnd(accepted.get("status_url").asText(), SOON);
        assertEquals("succeeded", ended.get("status").asText());
        HttpResponse<byte[]> result = client.get(ended.get("result_url").asText());
        assertEquals(303, result.statusCode());
        HttpResponse<byte[]> content =
                client.get(result.headers().firstValue("Location").orElseThrow());
        assertEquals(200, content.statusCode());
        assertEquals(5, client.json(content).get("centroids").size());
    }

    private static String dataset(int bytes) {
        StringBuilder body = new StringBuilder(bytes)
                .append("{\"dataset_name\":\"large\",\"analysis_type\":\"clustering\",\"parameters\":")
                .append("{\"algorithm\":\"k-means\",\"clusters\":5,\"iterations\":1000},\"data\":[[0.5,0.25]");
        java.util.Random random = new java.util.Random(7);
        while (body.length() < bytes - 100) {
            body.append(",[")
                    .append(random.nextInt(1000) / 10.0)
                    .append(',')
                    .append(random.nextInt(1000) / 10.0)
                    .append(']');
        }
        body.append("]");
        while (body.length() < bytes - 1) {
            body.append(' ');
        }
        return body.append('}').toString();
    }

    @Test
    void aScheduledJobWaitsForItsTime() throws Exception {
        Instant due = Instant.now().plusSeconds(3);
        JsonNode accepted = client.submit(
                "/jobs", "{\"type\":\"probe.noop\",\"input\":{},\"scheduled_time\":\"%s\"}".formatted(due));
        assertEquals("queued", accepted.get("status").asText());
        JsonNode ended = client.awaitEnd(accepted.get("status_url").asText(), SOON);
        assertEquals("succeeded", ended.get("status").asText());
        Instant started = Instant.parse(ended.get("started_at").asText());
        assertFalse(started.isBefore(due), started + " is before " + due);
        assertTrue(started.isBefore(due.plusSeconds(5)), started + " is long after " + due);
    }

    @Test
    void theAuditFindsEveryUnfinishedJobInItsPlace() throws Exception {
        String held = client.probe("probe.hold", "{}");
        client.await("/jobs/" + held, SOON, job -> job.has("started_at"));
        String later = client.submit(
                        "/jobs",
                        "{\"type\":\"probe.noop\",\"input\":{},\"scheduled_time\":\"%s\"}"
                                .formatted(Instant.now().plusSeconds(600)))
                .get("job_id")
                .asText();
        Path errors = system.data().resolve("audit.log");
        Process audit = LocalSystem.launch(
                Map.of(),
                errors,
                List.of("audit", "--json", "--data", system.data().toString()));
        byte[] printed = audit.getInputStream().readAllBytes();
        assertEquals(0, audit.waitFor(), new String(printed, StandardCharsets.UTF_8) + Files.readString(errors));
        JsonNode found = client.json(printed);
        assertTrue(found.get("clean").asBoolean(), found.toString());
        assertTrue(found.at("/unfinished/under_lease").asInt() >= 1, found.toString());
        assertTrue(found.at("/unfinished/under_timer").asInt() >= 1, found.toString());
        assertEquals(202, client.post("/jobs/" + held + "/cancel", "{}").statusCode());
        assertEquals(
                "cancelled",
                client.awaitEnd("/jobs/" + held, SOON).get("status").asText());
        // Others use the system after this test: it must not start for them.
        assertEquals(200, client.post("/jobs/" + later + "/cancel", "{}").statusCode());
    }

    @Test
    void anUnknownIdIsNotFoundAndAProblem() {
        HttpResponse<byte[]> answer = client.get("/jobs/job-00000000000000000000000000aaaaaaaa");
        assertEquals(404, answer.statusCode());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void withKafkaAwayARequestIsRefusedAndLaterItIsNot() throws Exception {
        system.signal("STOP", "kafka-1");
        try {
            HttpResponse<byte[]> refused = client.post("/jobs", "{\"type\":\"probe.noop\",\"input\":{}}");
            assertEquals(503, refused.statusCode(), new String(refused.body(), StandardCharsets.UTF_8));
            assertTrue(refused.headers().firstValue("Retry-After").isPresent());
        } finally {
            system.signal("CONT", "kafka-1");
        }
        long deadline = System.nanoTime() + SOON.toNanos();
        int status = 503;
        while (status != 202 && System.nanoTime() < deadline) {
            status = client.post("/jobs", "{\"type\":\"probe.noop\",\"input\":{}}")
                    .statusCode();
            Client.pause(Duration.ofMillis(200));
        }
        assertEquals(202, status);
    }

    /** A task of many. */
    private interface Numbered<T> {
        T run(int number) throws Exception;
    }

    private static <T> List<Future<T>> inParallel(int times, Numbered<T> task) throws InterruptedException {
        ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int number = i;
                tasks.add(() -> task.run(number));
            }
            return connections.invokeAll(tasks);
        } finally {
            connections.shutdown();
        }
    }
}
