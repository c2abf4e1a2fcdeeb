package dev.accepted.e2e.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.e2e.Client;
import dev.accepted.e2e.LocalSystem;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What thousands of followers that wait for something to happen take from the gateway, and from those who submit. */
@Tag("measure")
class IdleStreamsIT {

    private static final int STREAMS = Integer.getInteger("measure.streams", 5_000);
    private static final int FOLLOWERS_OF_A_JOB = 10;
    private static final int PER_SECOND = Integer.getInteger("measure.rate", 200);
    private static final Duration LENGTH = Duration.ofSeconds(15);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ROUNDS = 2;

    @TempDir
    Path directory;

    /** A gateway, those who submit to it, and what it takes. */
    private record Scene(String url, Client client, SteadyLoad load, Resident gateway) {}

    @Test
    void followersThatHearNothing() throws Exception {
        try (LocalSystem up = LocalSystem.up(directory.resolve("data"), Map.of(), "--workers", "probe=1")) {
            long pid = up.runFile("gateway-1").get("pid").asLong();
            Scene scene = new Scene(up.url(), new Client(up.url(), null), new SteadyLoad(up.url()), new Resident(pid));
            List<String> jobs = scheduled(scene.client, STREAMS / FOLLOWERS_OF_A_JOB);
            scene.load.run(PER_SECOND, LENGTH.multipliedBy(2));
            print(
                    "| streams | live heap MiB | resident MiB | CPU idle, % of one core | 202 p50 ms | p99 ms | p99.9 ms |");
            print("|---|---|---|---|---|---|---|");
            for (int round = 0; round < ROUNDS; round++) {
                measure(scene, 0);
                measureWithStreams(scene, jobs);
            }
        }
    }

    private static void measureWithStreams(Scene scene, List<String> jobs) throws Exception {
        try (IdleStreams streams = new IdleStreams()) {
            for (int i = 0; i < STREAMS; i++) {
                streams.open(URI.create(scene.url), jobs.get(i / FOLLOWERS_OF_A_JOB));
            }
            await(() -> streams.snapshots() == STREAMS);
            measure(scene, STREAMS);
            assertTrue(streams.comments() >= STREAMS, streams.comments() + " comments: some stream was not kept alive");
            assertEquals(0, streams.broken());
            String ended = jobs.remove(jobs.size() - 1);
            assertEquals(
                    200,
                    scene.client
                            .send("DELETE", "/jobs/" + ended, null, new byte[0])
                            .statusCode());
            await(() -> streams.ends() == FOLLOWERS_OF_A_JOB);
            jobs.addAll(scheduled(scene.client, 1));
        }
    }

    private static void measure(Scene scene, int streams) throws Exception {
        long heap = scene.gateway.liveHeapMebibytes();
        Duration before = scene.gateway.processorTime();
        Client.pause(IDLE);
        double percent = 100.0 * scene.gateway.processorTime().minus(before).toMillis() / IDLE.toMillis();
        List<Duration> times = scene.load.run(PER_SECOND, LENGTH);
        print("| %d | %d | %d | %.1f | %.1f | %.1f | %.1f |"
                .formatted(
                        streams,
                        heap,
                        scene.gateway.mebibytes(),
                        percent,
                        SteadyLoad.percentile(times, 50),
                        SteadyLoad.percentile(times, 99),
                        SteadyLoad.percentile(times, 99.9)));
    }

    /** Jobs that nothing happens to for an hour. */
    private static List<String> scheduled(Client client, int count) {
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            jobs.add(client.submit(
                            "/jobs",
                            "{\"type\":\"probe.noop\",\"input\":{},\"scheduled_time\":\"%s\"}"
                                    .formatted(Instant.now().plus(Duration.ofHours(1))))
                    .get("job_id")
                    .asText());
        }
        return jobs;
    }

    private static void await(BooleanSupplier wanted) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!wanted.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), "Not within " + PATIENCE);
            Client.pause(Duration.ofMillis(50));
        }
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
