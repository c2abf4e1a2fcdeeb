package dev.accepted.e2e.fairness;

import dev.accepted.e2e.Client;
import dev.accepted.e2e.fairness.SharedQueue.Way;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What placement by tenant does and what it costs, beside commands that lie where their keys say; prints figures. */
@Tag("measure")
@Timeout(value = 1, unit = TimeUnit.HOURS)
class FairnessFiguresIT {

    private static final String NOOP = "{\"type\":\"probe.noop\",\"input\":{}}";
    private static final String SHORT = "{\"type\":\"probe.sleep\",\"input\":{\"millis\":20}}";
    private static final int FEW = 10;
    private static final int CLIENTS = 32;
    private static final int POSTS = 9_600;

    private static final int MANY = Integer.getInteger("fairness.jobs", 50_000);
    private static final int ROUNDS = Integer.getInteger("fairness.rounds", 3);
    private static final int WORKERS = Integer.getInteger("fairness.workers", 4);

    @TempDir
    Path directory;

    @Test
    void whatTheFewOfOneWaitForBehindTheManyOfAnotherThatDoNothing() throws Exception {
        try (SharedQueue queue = SharedQueue.up(directory, 1, Map.of())) {
            compareTheFew(queue, "noop", NOOP, MANY);
        }
    }

    @Test
    void whatTheFewOfOneWaitForBehindTheManyOfAnotherThatTakeTwentyMilliseconds() throws Exception {
        try (SharedQueue queue = SharedQueue.up(directory, 1, fourSlots())) {
            compareTheFew(queue, "20ms", SHORT, MANY / 5);
        }
    }

    private static Map<String, String> fourSlots() {
        return Map.of("ACCEPTED_WORKER_SLOTS", "4", "ACCEPTED_WORKER_POLL_RECORDS", "1");
    }

    private static void compareTheFew(SharedQueue queue, String kind, String job, int jobs) throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            for (Way way : Way.values()) {
                queue.pause();
                String many = queue.submit(way, "many", jobs, job);
                String few = queue.submit(way, "few", FEW, job);
                queue.resume();
                queue.awaitEnd(few, FEW);
                queue.awaitEnd(many, jobs);
                System.out.printf(
                        "FEW %s round %d %s: the last of %d ended after %d ms and %d of %d others; those took %d ms%n",
                        kind,
                        round,
                        way,
                        FEW,
                        queue.untilTheLastOf(few, many).toMillis(),
                        queue.endedBeforeTheLastOf(few, many),
                        jobs,
                        queue.untilTheLastOf(many, few).toMillis());
            }
        }
    }

    @Test
    void whatItCostsATenantThatIsAlone() throws Exception {
        try (SharedQueue queue = SharedQueue.up(directory, 1, Map.of())) {
            drainAndPost(queue, "alone");
        }
    }

    @Test
    void whatItCostsATenantAmongOthersWhoHaveNothingToDo() throws Exception {
        try (SharedQueue queue = SharedQueue.up(directory, 1, Map.of())) {
            queue.submit(Way.PLACED, "neighbour", 1, NOOP);
            drainAndPost(queue, "among others");
        }
    }

    @Test
    void whatItCostsWithSeveralWorkers() throws Exception {
        try (SharedQueue queue = SharedQueue.up(directory, WORKERS, fourSlots())) {
            compareDrains(queue, WORKERS + " workers, alone", WORKERS * 2_000, SHORT);
            queue.submit(Way.PLACED, "neighbour", 1, NOOP);
            compareDrains(queue, WORKERS + " workers, among others", WORKERS * 2_000, SHORT);
        }
    }

    private static void drainAndPost(SharedQueue queue, String who) throws Exception {
        compareDrains(queue, who, MANY, NOOP);
        comparePosts(queue, who);
    }

    /** How long one tenant's backlog takes. */
    private static void compareDrains(SharedQueue queue, String who, int jobs, String job) throws Exception {
        for (int round = 0; round <= ROUNDS; round++) {
            Map<Way, Long> millis = new EnumMap<>(Way.class);
            for (Way way : inTurn(round)) {
                queue.pause();
                String batch = queue.submit(way, "tenant", jobs, job);
                queue.resume();
                queue.awaitEnd(batch, jobs);
                millis.put(way, queue.untilTheLastOf(batch, batch).toMillis());
            }
            long placed = millis.getOrDefault(Way.PLACED, 0L);
            long byKey = millis.getOrDefault(Way.BY_KEY, 0L);
            System.out.printf(
                    "DRAIN %s round %d: placed %d ms, by key %d ms, ratio of rates %.3f%n",
                    who, round, placed, byKey, (double) byKey / placed);
        }
    }

    /** How many single submissions a second are answered. */
    private static void comparePosts(SharedQueue queue, String who) throws Exception {
        queue.pause();
        for (int round = 0; round <= 2 * ROUNDS; round++) {
            Map<Way, Double> rates = new EnumMap<>(Way.class);
            for (Way way : inTurn(round)) {
                rates.put(way, post(queue.client(way, "tenant"), POSTS));
            }
            double placed = rates.getOrDefault(Way.PLACED, 0.0);
            double byKey = rates.getOrDefault(Way.BY_KEY, 0.0);
            System.out.printf(
                    "POST %s round %d: placed %.0f/s, by key %.0f/s, ratio %.3f%n",
                    who, round, placed, byKey, placed / byKey);
        }
    }

    /** Whoever is second finds a warmer machine: each is so in every other round. Round 0 warms up. */
    private static List<Way> inTurn(int round) {
        return round % 2 == 0 ? List.of(Way.PLACED, Way.BY_KEY) : List.of(Way.BY_KEY, Way.PLACED);
    }

    private static double post(Client client, int requests) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            long since = System.nanoTime();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                all.add(clients.submit(() -> {
                    for (int n = 0; n < requests / CLIENTS; n++) {
                        client.submit("/jobs", NOOP);
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
            return requests / ((System.nanoTime() - since) / 1e9);
        } finally {
            clients.shutdown();
        }
    }
}
