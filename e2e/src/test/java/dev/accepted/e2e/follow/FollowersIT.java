package dev.accepted.e2e.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.accepted.e2e.LocalSystem;
import dev.accepted.e2e.Tools;
import dev.accepted.e2e.follow.StreamReader.Event;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Who follows a job learns of its end on any gateway, whichever of them folds it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FollowersIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> GATEWAYS = List.of("gateway-1", "gateway-2");
    private static final int AT_ONCE = 5;
    private static final int BROWSER_SECONDS = 60;

    private static final String PAGE = """
        <!doctype html><title>A job</title><body><script>
        const job = new URLSearchParams(location.search).get('job');
        const seen = [];
        const note = line => { seen.push(line); document.body.innerText = seen.join('\\n'); };
        fetch('/jobs/' + job + '/events/ticket', {method: 'POST'}).then(r => r.json()).then(ticket => {
          const source = new EventSource(ticket.events_url);
          for (const name of ['snapshot', 'status', 'progress', 'done']) {
            source.addEventListener(name, e => note(name + ' ' + e.lastEventId + ' ' + JSON.parse(e.data).status));
          }
          source.onerror = () => {
            if (source.readyState === EventSource.CLOSED) {
              note('closed');
              fetch('/report', {method: 'POST', body: document.body.innerText});
            }
          };
        });
        </script>\
        """;

    @TempDir
    static Path directory;

    private static LocalSystem system;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void up() throws IOException {
        system = LocalSystem.up(directory.resolve("data"), Map.of(), "--gateways", "2", "--workers", "probe=1");
    }

    @AfterAll
    static void down() {
        system.close();
    }

    private JsonNode submit(String type, String input) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(system.url("gateway-1") + "/jobs"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"type\":\"%s\",\"input\":%s}".formatted(type, input)))
                .build();
        HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
        assertEquals(202, answer.statusCode());
        return JSON.readTree(answer.body());
    }

    private static String events(String gateway, String job) {
        return system.url(gateway) + "/jobs/" + job + "/events";
    }

    /** Asks with the version it knows until the job has ended; gives the time at which it knew. */
    private long longPoll(String gateway, String job) throws IOException, InterruptedException {
        String known = "";
        while (true) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(system.url(gateway) + "/jobs/" + job))
                    .header("Prefer", "wait=30");
            if (!known.isEmpty()) {
                request.header("If-None-Match", known);
            }
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            long now = System.currentTimeMillis();
            known = answer.headers().firstValue("ETag").orElse("");
            if (answer.statusCode() == 200
                    && JSON.readTree(answer.body()).path("done").asBoolean()) {
                return now;
            }
        }
    }

    private long stream(String gateway, String job) throws IOException, InterruptedException {
        try (StreamReader stream = StreamReader.open(client, events(gateway, job), null)) {
            return stream.await("done").atMillis();
        }
    }

    @Test
    @Order(1)
    void everyFollowerOnEitherGatewayLearnsOfTheEnd() throws Exception {
        int jobs = Integer.getInteger("e2e.followed", 40);
        Map<String, Map<String, Long>> known = new TreeMap<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (int done = 0; done < jobs; done += AT_ONCE) {
                follow(AT_ONCE, threads, known);
            }
        } finally {
            threads.shutdownNow();
        }
        Map<String, Long> ends = endsInTheLog();
        known.forEach((way, byJob) -> {
            long[] delays = byJob.entrySet().stream()
                    .mapToLong(entry -> entry.getValue() - Objects.requireNonNull(ends.get(entry.getKey())))
                    .sorted()
                    .toArray();
            assertEquals(jobs, delays.length);
            System.out.printf(
                    "%s: %d ends known after p50 %d ms, p99 %d ms%n",
                    way, jobs, delays[delays.length / 2], delays[(delays.length - 1) * 99 / 100]);
        });
    }

    private void follow(int jobs, ExecutorService threads, Map<String, Map<String, Long>> known) throws Exception {
        List<CompletableFuture<Void>> followers = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            String job =
                    submit("probe.sleep", "{\"millis\":1500}").path("job_id").asText();
            for (String gateway : GATEWAYS) {
                followers.add(followed("stream on " + gateway, job, known, threads, () -> stream(gateway, job)));
                followers.add(followed("long poll on " + gateway, job, known, threads, () -> longPoll(gateway, job)));
            }
        }
        CompletableFuture.allOf(followers.toArray(new CompletableFuture<?>[0])).get(90, TimeUnit.SECONDS);
    }

    /** Follows a job in some way and gives the time at which its end was known. */
    private interface Way {
        long end() throws IOException, InterruptedException;
    }

    private static CompletableFuture<Void> followed(
            String name, String job, Map<String, Map<String, Long>> known, ExecutorService threads, Way way) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        long at = way.end();
                        synchronized (known) {
                            known.computeIfAbsent(name, none -> new HashMap<>()).put(job, at);
                        }
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(name + " of " + job, e);
                    }
                },
                threads);
    }

    /** When the log took each job's end. */
    private static Map<String, Long> endsInTheLog() {
        Map<String, Long> ends = new HashMap<>();
        Map<String, Object> settings = Map.of("bootstrap.servers", system.url("kafka-1"));
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("jobs.events").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> last = consumer.endOffsets(partitions);
            while (last.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    Header type = record.headers().lastHeader("ce_type");
                    if (type != null
                            && new String(type.value(), java.nio.charset.StandardCharsets.UTF_8)
                                    .endsWith("succeeded")) {
                        ends.put(record.key(), record.timestamp());
                    }
                });
            }
        }
        return ends;
    }

    @Test
    @Order(2)
    void aBrowserFollowsAJobWithATicket() throws Exception {
        Path chromium = Tools.require("chromium", "chromium-browser", "google-chrome");
        String job = submit("probe.sleep", "{\"millis\":4000}").path("job_id").asText();
        try (SameOrigin origin = new SameOrigin(system.url("gateway-2"), PAGE)) {
            Process browser = new ProcessBuilder(
                            chromium.toString(),
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--no-first-run",
                            "--no-proxy-server",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + directory.resolve("browser"),
                            origin.address("/page?job=" + job))
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("browser.log").toFile())
                    .start();
            try {
                String report = String.valueOf(origin.report(BROWSER_SECONDS));
                List<String> seen = report.lines().toList();
                assertTrue(seen.size() >= 3, report);
                assertTrue(seen.get(0).startsWith("snapshot "), report);
                // The browser came back by itself, with what it had seen, and was told that there is no more.
                assertTrue(seen.get(seen.size() - 2).matches("done [0-9]+ succeeded"), report);
                assertEquals("closed", seen.get(seen.size() - 1), report);
            } finally {
                browser.descendants().forEach(ProcessHandle::destroyForcibly);
                browser.destroyForcibly().waitFor();
            }
        }
    }

    private void awaitStart(String job) throws Exception {
        try (StreamReader stream = StreamReader.open(client, events("gateway-1", job), null)) {
            while (Integer.parseInt(stream.next().id()) < 2) {
                assertEquals(200, stream.status());
            }
        }
    }

    @Test
    @Order(3)
    void whoFollowedOnAGatewayThatStopsGoesOnElsewhere() throws Exception {
        String job = submit("probe.hold", "{}").path("job_id").asText();
        awaitStart(job);
        Event last;
        try (StreamReader stream = StreamReader.open(client, events("gateway-2", job), null)) {
            last = stream.next();
            assertEquals("snapshot", last.name());
            system.signal("TERM", "gateway-2");
            assertEquals("closed", stream.next().name());
        }
        try (StreamReader stream = StreamReader.open(client, events("gateway-1", job), last.id())) {
            HttpRequest cancel = HttpRequest.newBuilder(URI.create(system.url("gateway-1") + "/jobs/" + job))
                    .DELETE()
                    .build();
            assertEquals(202, client.send(cancel, BodyHandlers.discarding()).statusCode());
            Event next = stream.next();
            assertTrue(Integer.parseInt(next.id()) > Integer.parseInt(last.id()), next + " after " + last);
            Event end = next.name().equals("done") ? next : stream.await("done");
            assertEquals("closed", stream.next().name());
            try (StreamReader again = StreamReader.open(client, events("gateway-1", job), end.id())) {
                assertEquals(204, again.status());
            }
        }
    }
}
