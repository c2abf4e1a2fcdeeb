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

    private LocalSystem system;
    private Client client;
    private SteadyLoad load;
    private Resident gateway;

    @Test
    void followersThatHearNothing() throws Exception {
        try (LocalSystem up = LocalSystem.up(directory.resolve("data"), Map.of(), "--workers", "probe=1")) {
            system = up;
            client = new Client(up.url(), null);
            load = new SteadyLoad(up.url());
            gateway = new Resident(up.runFile("gateway-1").get("pid").asLong());
            List<String> jobs = scheduled(STREAMS / FOLLOWERS_OF_A_JOB);
            load.run(PER_SECOND, LENGTH.multipliedBy(2));
            print(
                    "| streams | live heap MiB | resident MiB | CPU idle, % of one core | 202 p50 ms | p99 ms | p99.9 ms |");
            print("|---|---|---|---|---|---|---|");
            for (int round = 0; round < ROUNDS; round++) {
                measure(0);
                measured(jobs);
            }
        }
    }

    private void measured(List<String> jobs) throws Exception {
        try (IdleStreams streams = new IdleStreams()) {
            for (int i = 0; i < STREAMS; i++) {
                streams.open(URI.create(system.url()), jobs.get(i / FOLLOWERS_OF_A_JOB));
            }
            await(() -> streams.snapshots() == STREAMS);
            measure(STREAMS);
            assertTrue(streams.comments() >= STREAMS, streams.comments() + " comments: some stream was not kept alive");
            assertEquals(0, streams.broken());
            String ended = jobs.remove(jobs.size() - 1);
            assertEquals(
                    200,
                    client.send("DELETE", "/jobs/" + ended, null, new byte[0]).statusCode());
            await(() -> streams.ends() == FOLLOWERS_OF_A_JOB);
            jobs.add(scheduled(1).get(0));
        }
    }

    private void measure(int streams) throws Exception {
        long heap = gateway.liveHeapMebibytes();
        Duration before = gateway.processorTime();
        Client.pause(IDLE);
        double percent = 100.0 * gateway.processorTime().minus(before).toMillis() / IDLE.toMillis();
        List<Duration> times = load.run(PER_SECOND, LENGTH);
        print("| %d | %d | %d | %.1f | %.1f | %.1f | %.1f |"
                .formatted(
                        streams,
                        heap,
                        gateway.mebibytes(),
                        percent,
                        SteadyLoad.percentile(times, 50),
                        SteadyLoad.percentile(times, 99),
                        SteadyLoad.percentile(times, 99.9)));
    }

    /** Jobs that nothing happens to for an hour. */
    private List<String> scheduled(int count) {
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
