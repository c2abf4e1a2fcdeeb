package dev.accepted.gateway.moving;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.LogFiller;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Workers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients move jobs at the very moment when these are due. */
@GatewayTest
class MovingRaceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int JOBS = 60;
    private static final int CLIENTS = 3;
    private static final Duration BY = Duration.ofSeconds(2);
    private static final JobTypeDescriptor TYPE =
            Workers.type("moves.race", "moves-race", null, "{\"type\":\"object\"}");

    @BeforeAll
    static void announce() {
        Workers.announceAll(TYPE);
    }

    private record Answer(Jobs job, Instant to, int status) {}

    @Test
    void eachJobIsMovedByOneClientOrFiredAndNeverBothAtOnce() throws Exception {
        long seed = System.nanoTime();
        System.out.println("MovingRaceTest seed " + seed);
        Random random = new Random(seed);
        Instant first = Instant.now().plusSeconds(6);
        Map<Jobs, Instant> due = schedule(first);
        // The first request of a test takes long, and the jobs would be gone by then.
        given().get("/jobs?type=" + TYPE.type()).then().statusCode(200);
        ScheduledExecutorService clients = Executors.newScheduledThreadPool(12);
        List<Answer> answers;
        try {
            List<Future<Answer>> asked = new ArrayList<>();
            due.forEach((job, at) -> {
                for (int client = 0; client < CLIENTS; client++) {
                    Instant when = at.plusMillis(random.nextInt(800) - 700);
                    Instant to = at.plus(BY).plusMillis(client).truncatedTo(ChronoUnit.MILLIS);
                    long wait = Duration.between(Instant.now(), when).toNanos();
                    asked.add(clients.schedule(() -> move(job, to), wait, TimeUnit.NANOSECONDS));
                }
            });
            answers = new ArrayList<>();
            for (Future<Answer> answer : asked) {
                answers.add(answer.get());
            }
        } finally {
            clients.shutdown();
        }
        await().atMost(PATIENCE).until(() -> sent().size() == JOBS);
        Map<String, Long> told = LogView.of(Topics.EVENTS).stream()
                .filter(entry -> entry.headers().getOrDefault("ce_type", "").endsWith("rescheduled"))
                .collect(Collectors.groupingBy(LogView.Entry::key, Collectors.counting()));
        Map<String, Instant> sent = sent();
        int moved = 0;
        for (Map.Entry<Jobs, Instant> job : due.entrySet()) {
            List<Answer> winners = answers.stream()
                    .filter(answer -> answer.job() == job.getKey() && answer.status() == 200)
                    .toList();
            assertTrue(winners.size() <= 1, "more than one won with the same tag");
            String id = job.getKey().id().text();
            assertEquals((long) winners.size(), told.getOrDefault(id, 0L));
            Instant begin = winners.isEmpty() ? job.getValue() : winners.get(0).to();
            assertFalse(Objects.requireNonNull(sent.get(id)).isBefore(begin.minusMillis(1)), "sent before its time");
            moved += winners.size();
        }
        for (Answer answer : answers) {
            assertTrue(List.of(200, 409, 412).contains(answer.status()), "answered " + answer.status());
        }
        assertTrue(moved > 0, "no client came in time, so nothing was shown");
        System.out.println("MovingRaceTest " + moved + " of " + JOBS + " were moved in time");
    }

    private static Map<Jobs, Instant> schedule(Instant first) {
        Map<Jobs, Instant> due = new HashMap<>();
        try (LogFiller log = new LogFiller()) {
            for (int n = 0; n < JOBS; n++) {
                Jobs job = Jobs.of(TYPE, "local", Instant.now());
                Instant at = first.plusMillis(n * 120L).truncatedTo(ChronoUnit.MILLIS);
                due.put(job, at);
                log.commandLater(job.command(0, new JobFacts(at, null, null, Map.of(), Map.of(), Map.of(), null)));
            }
            log.flush();
        }
        return due;
    }

    private static Answer move(Jobs job, Instant to) {
        int status = given().contentType("application/json")
                .header("If-Match", "\"1\"")
                .body("{\"scheduled_time\":\"" + to + "\"}")
                .patch("/jobs/" + job.id())
                .statusCode();
        return new Answer(job, to, status);
    }

    /** When each job was sent, once. */
    private static Map<String, Instant> sent() {
        Map<String, Instant> sent = new HashMap<>();
        for (LogView.Entry entry : LogView.of(Topics.commands(TYPE.queue()))) {
            assertTrue(sent.put(entry.key(), entry.appendedAt()) == null, entry.key() + " was sent twice");
        }
        return sent;
    }
}
