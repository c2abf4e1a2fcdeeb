package dev.accepted.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.e2e.history.History;
import dev.accepted.e2e.scenario.Fleet;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The database goes away under load: who submits does not notice, and nothing is lost. */
class OutageIT {

    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("e2e.away", 6));
    private static final Duration BEFORE_AND_AFTER = Duration.ofSeconds(2);
    private static final Duration BETWEEN_TWO = Duration.ofMillis(20);
    private static final Duration SOON = Duration.ofSeconds(90);

    private static final int NOT_ANSWERED = 0;

    @TempDir
    Path directory;

    private record Submitted(int code, String jobId, Duration took) {}

    /** The ways in which a database is not there: nobody listens, or nobody answers. */
    enum Way {
        KILLED {
            @Override
            void away(Fleet fleet) throws Exception {
                fleet.kill("postgres");
                Client.pause(AWAY);
                fleet.start("postgres");
            }
        },
        FROZEN {
            @Override
            void away(Fleet fleet) throws Exception {
                fleet.freeze(List.of("postgres"), AWAY);
            }
        };

        abstract void away(Fleet fleet) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheDatabaseEverySubmissionIsTakenAndAllOfItEnds(Way way) throws Exception {
        List<Submitted> all = Collections.synchronizedList(new ArrayList<>());
        try (LocalSystem system =
                        LocalSystem.up(directory.resolve("data"), Map.of(), "--gateways", "2", "--workers", "probe=2");
                Fleet fleet = new Fleet(system, Map.of(), new History(), directory.resolve("logs"))) {
            List<Client> gateways = List.of(new Client(fleet.url("gateway-1")), new Client(fleet.url("gateway-2")));
            ScheduledExecutorService clients = Executors.newScheduledThreadPool(16);
            AtomicInteger next = new AtomicInteger();
            for (int i = 0; i < 16; i++) {
                var unused = clients.scheduleAtFixedRate(
                        () -> all.add(submit(gateways.get(next.getAndIncrement() % 2))),
                        BETWEEN_TWO.toMillis() * i,
                        BETWEEN_TWO.toMillis() * 16,
                        TimeUnit.MILLISECONDS);
            }
            Client.pause(BEFORE_AND_AFTER);
            way.away(fleet);
            Client.pause(BEFORE_AND_AFTER);
            clients.shutdown();
            assertTrue(clients.awaitTermination(1, TimeUnit.MINUTES));
            Map<Integer, Integer> codes = new TreeMap<>();
            all.forEach(submitted -> codes.merge(submitted.code(), 1, Integer::sum));
            List<Duration> took = all.stream().map(Submitted::took).sorted().toList();
            System.out.printf(
                    "PostgreSQL %s for %d s: %s, p50 %d ms, p99 %d ms, max %d ms%n",
                    way,
                    AWAY.toSeconds(),
                    codes,
                    took.get(took.size() / 2).toMillis(),
                    took.get(took.size() * 99 / 100).toMillis(),
                    took.get(took.size() - 1).toMillis());
            assertEquals(Map.of(202, all.size()), codes);
            for (Submitted submitted : all) {
                JsonNode ended = gateways.get(0).awaitEnd("/jobs/" + submitted.jobId(), SOON);
                assertEquals("succeeded", ended.get("status").asText(), ended.toString());
            }
        }
    }

    private static Submitted submit(Client client) {
        long sent = System.nanoTime();
        try {
            HttpResponse<byte[]> answer = client.post("/jobs", "{\"type\":\"probe.noop\",\"input\":{}}");
            Duration took = Duration.ofNanos(System.nanoTime() - sent);
            return new Submitted(
                    answer.statusCode(), client.json(answer).path("job_id").asText(), took);
        } catch (RuntimeException e) {
            return new Submitted(NOT_ANSWERED, e.toString(), Duration.ofNanos(System.nanoTime() - sent));
        }
    }
}
