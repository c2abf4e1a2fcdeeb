package dev.accepted.gateway.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.log.Topics;
import dev.accepted.contract.schedule.Schedule;
import dev.accepted.gateway.fixture.FreshDatabase;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.gateway.submission.DeferredJobs;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.store.schedule.ScheduleRow;
import dev.accepted.store.schedule.ScheduleTable;
import dev.accepted.store.transaction.Transaction;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Firing on a table of the test's own, with a clock that is moved by hand. */
@GatewayTest
class ScheduleFirerTest {

    private static final String REPORT = "{\"report_type\":\"a\", \"year\":2023, \"format\":\"pdf\"}";
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final AtomicInteger OFFSETS = new AtomicInteger();
    private static FreshDatabase database;

    @Inject
    DeferredJobs jobs;

    @Inject
    GatewayConfig config;

    @Inject
    IdSeal seal;

    /** Noon of today: jobs must not be older than they are kept. */
    private Instant now = Instant.now()
            .minus(Duration.ofDays(2))
            .truncatedTo(java.time.temporal.ChronoUnit.DAYS)
            .plus(Duration.ofHours(12));

    @BeforeAll
    static void prepare() {
        Workers.announceAll();
        database = FreshDatabase.make();
    }

    @BeforeEach
    void empty() throws Exception {
        database.run("TRUNCATE schedule, projection_position");
    }

    private ScheduleFirer firer() {
        InstantSource source = () -> now;
        return new ScheduleFirer(database.dataSource(), jobs, source.withZone(ZoneOffset.UTC), config);
    }

    private Schedule.Key folded(String cron, JobTypeDescriptor type, String input, Map<String, String> tags)
            throws SQLException {
        Schedule.Key key = new Schedule.Key("local", "s" + NAMES.incrementAndGet());
        fold(new Schedule(key.tenant(), key.name(), cron, "UTC", type.type(), input, null, "ref", tags));
        return key;
    }

    private Schedule.Key folded(String cron) throws SQLException {
        return folded(cron, Workers.REPORT, REPORT, Map.of("team", "blue"));
    }

    private void fold(Schedule schedule) throws SQLException {
        fold(schedule.key(), schedule.toJson());
    }

    private void fold(Schedule.Key key, byte @Nullable [] value) throws SQLException {
        ScheduleFollower.fold(database.dataSource(), List.of(record(key, value)), now);
    }

    private ConsumerRecord<String, byte[]> record(Schedule.Key key, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                Topics.SCHEDULES,
                0,
                OFFSETS.incrementAndGet(),
                now.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key.text(),
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private static ScheduleRow row(Schedule.Key key) throws SQLException {
        return Transaction.run(database.dataSource(), c -> ScheduleTable.find(c, key))
                .orElseThrow();
    }

    private static List<LogView.Entry> sentBy(Schedule.Key key) {
        return LogView.commands().stream()
                .filter(entry ->
                        String.valueOf(entry.headers().get("ce_tags")).contains("\"schedule\":\"" + key.name() + "\""))
                .toList();
    }

    private static long jobsOf(Schedule.Key key) {
        return sentBy(key).stream().map(LogView.Entry::key).distinct().count();
    }

    @Test
    void aFiringSendsTheJobAsItWasDescribed() throws Exception {
        Schedule.Key key = folded("30 12 * * *");
        Instant due = now.plus(Duration.ofMinutes(30));
        assertEquals(due, row(key).nextFireAt());
        firer().fireSome();
        assertEquals(List.of(), sentBy(key), "it is not due yet");
        now = due;
        firer().fireSome();
        LogView.Entry command = sentBy(key).get(0);
        assertEquals(Topics.commands("reports"), command.topic());
        assertEquals(REPORT, new String(command.value(), StandardCharsets.UTF_8));
        assertEquals("1", command.headers().get("ce_attempt"));
        assertEquals("ref", command.headers().get("ce_clientreference"));
        assertTrue(String.valueOf(command.headers().get("ce_tags")).contains("\"team\":\"blue\""));
        JobId id = JobId.parse(command.key()).orElseThrow();
        assertTrue(seal.verifies(id, "local"));
        assertEquals(due, id.createdAt());
        ScheduleRow after = row(key);
        assertEquals(due.plus(Duration.ofDays(1)), after.nextFireAt());
        assertEquals(due, after.lastFiredAt());
        assertEquals(command.key(), after.lastJobId());
    }

    @Test
    void manyGatewaysSendOneJob() throws Exception {
        Schedule.Key key = folded("* * * * *");
        now = now.plusSeconds(60);
        List<CompletableFuture<Void>> gateways = new java.util.ArrayList<>();
        for (int n = 0; n < 4; n++) {
            gateways.add(CompletableFuture.runAsync(() -> {
                try {
                    firer().fireSome();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        gateways.forEach(CompletableFuture::join);
        assertEquals(1, sentBy(key).size());
    }

    @Test
    void aGatewayThatStopsAfterItSentLeavesTheSameJobToTheNext() throws Exception {
        Schedule.Key key = folded("* * * * *");
        now = now.plusSeconds(60);
        Instant due = row(key).nextFireAt();
        firer().fireSome();
        // What it wrote is lost.
        database.run("UPDATE schedule SET next_fire_at = '" + due + "', last_job_id = NULL");
        now = now.plusSeconds(20);
        firer().fireSome();
        List<LogView.Entry> sent = sentBy(key);
        assertEquals(2, sent.size());
        assertEquals(1, jobsOf(key), "it is one job, sent twice as its first attempt");
        assertEquals(
                List.of("1", "1"),
                sent.stream().map(e -> e.headers().get("ce_attempt")).toList());
    }

    @Test
    void aMissedFiringIsMadeUpForOnce() throws Exception {
        Schedule.Key key = folded("*/10 * * * *");
        Instant since = now;
        now = now.plus(Duration.ofMinutes(47));
        while (firer().fireSome() > 0) {
            // Until nothing is due.
        }
        assertEquals(1, sentBy(key).size());
        assertEquals(since.plus(Duration.ofMinutes(40)), row(key).lastFiredAt());
        assertEquals(since.plus(Duration.ofMinutes(50)), row(key).nextFireAt());
    }

    @Test
    void whatWasMissedForLongerThanJobsAreKeptIsSkipped() throws Exception {
        Schedule.Key key = folded("0 12 1 1 *");
        Instant due = row(key).nextFireAt();
        assertTrue(due != null);
        now = due.plus(Duration.ofDays(40));
        firer().fireSome();
        assertEquals(List.of(), sentBy(key));
        assertTrue(String.valueOf(row(key).lastError()).contains("missed"));
    }

    @Test
    void anInputThatNoLongerFitsIsSkippedAndTriedAtTheNextTime() throws Exception {
        Schedule.Key bad = folded("* * * * *", Workers.REPORT, "{\"year\":1}", Map.of());
        Schedule.Key good = folded("* * * * *");
        now = now.plusSeconds(60);
        firer().fireSome();
        assertEquals(List.of(), sentBy(bad));
        assertEquals(1, sentBy(good).size(), "it stops no other");
        ScheduleRow skipped = row(bad);
        assertTrue(String.valueOf(skipped.lastError()).contains("validation-error"), skipped.toString());
        assertEquals(now.plusSeconds(60), skipped.nextFireAt());
    }

    @Test
    void aTypeThatIsGoneIsSkippedUntilItIsBack() throws Exception {
        JobTypeDescriptor type = Workers.type("schedules.late", "schedules-late", null, "{\"type\":\"object\"}");
        Schedule.Key key = folded("* * * * *", type, "{}", Map.of());
        now = now.plusSeconds(60);
        firer().fireSome();
        assertTrue(String.valueOf(row(key).lastError()).contains("unknown-job-type"));
        Workers.announce(type);
        now = now.plusSeconds(60);
        firer().fireSome();
        assertEquals(1, sentBy(key).size());
        assertNull(row(key).lastError());
    }

    @Test
    void aQueueThatTakesNothingNowIsTriedAgainForTheSameFiring() throws Exception {
        JobTypeDescriptor type =
                Workers.type("schedules.topicless", "schedules-topicless", null, "{\"type\":\"object\"}");
        Workers.send(type.type(), dev.accepted.contract.Wire.JSON.writeValueAsBytes(type));
        Schedule.Key key = folded("0 * * * *", type, "{}", Map.of());
        Instant due = row(key).nextFireAt();
        now = now.plus(Duration.ofHours(1));
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            firer().fireSome();
            return row(key).lastError() == null && due != null && due.equals(row(key).nextFireAt());
        });
        Workers.makeTopic(Topics.commands(type.queue()));
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            now = now.plusSeconds(6);
            firer().fireSome();
            return row(key).lastFiredAt() != null;
        });
        assertEquals(due, row(key).lastFiredAt());
        assertEquals(1, jobsOf(key));
    }

    @Test
    void referenceDataIsThatOfTheFiring() throws Exception {
        String input = "{\"campaign_name\":\"c\",\"subject\":\"s\",\"content\":\"x\",\"recipient_list_id\":\"sched\"}";
        Schedule.Key key = folded("* * * * *", Workers.CAMPAIGN, input, Map.of());
        now = now.plusSeconds(60);
        firer().fireSome();
        assertTrue(String.valueOf(row(key).lastError()).contains("unknown-reference"));
        for (String list : List.of(
                "[{\"email\":\"a@example.com\"}]", "[{\"email\":\"a@example.com\"},{\"email\":\"b@example.com\"}]")) {
            RestAssured.given()
                    .contentType("application/json")
                    .header("Authorization", Tokens.bearer("local", "campaigns:write"))
                    .body(list)
                    .put("/recipient-lists/sched")
                    .then()
                    .statusCode(org.hamcrest.Matchers.lessThan(300));
            now = now.plusSeconds(60);
            firer().fireSome();
        }
        List<LogView.Entry> sent = sentBy(key);
        assertEquals(2, sent.size());
        assertEquals(
                2,
                new HashSet<>(sent.stream()
                                .map(e -> e.headers().get("ce_references"))
                                .toList())
                        .size());
        assertTrue(sent.stream()
                .anyMatch(e -> "{\"recipient_count\":2}".equals(e.headers().get("ce_counts"))));
    }

    @Test
    void aScheduleThatWasReplacedFiresAsItIsNow() throws Exception {
        Schedule.Key key = folded("* * * * *");
        long version = row(key).version();
        fold(new Schedule(
                key.tenant(), key.name(), "0 0 * * *", "UTC", "report.generate", REPORT, null, null, Map.of()));
        assertNotEquals(version, row(key).version());
        now = now.plusSeconds(60);
        firer().fireSome();
        assertEquals(List.of(), sentBy(key));
        fold(key, null);
        now = now.plus(Duration.ofDays(2));
        assertEquals(0, firer().fireSome());
    }

    @Test
    void aRecordIsFoldedOnceHoweverManyGatewaysReadIt() throws Exception {
        Schedule.Key key = new Schedule.Key("local", "twice");
        Schedule schedule =
                new Schedule("local", "twice", "* * * * *", "UTC", "report.generate", REPORT, null, null, Map.of());
        ConsumerRecord<String, byte[]> made = record(key, schedule.toJson());
        ConsumerRecord<String, byte[]> ended = record(key, null);
        ScheduleFollower.fold(database.dataSource(), List.of(made, ended), now);
        // Another gateway is behind.
        ScheduleFollower.fold(database.dataSource(), List.of(made), now);
        assertEquals(0, database.number("SELECT count(*) FROM schedule"));
    }

    @Test
    void whatDoesNotReadIsPassedOver() throws Exception {
        Schedule.Key key = folded("* * * * *");
        fold(key, "{}".getBytes(StandardCharsets.UTF_8));
        assertEquals("* * * * *", row(key).schedule().cron());
        Schedule.Key odd = folded("every now and then");
        assertNull(row(odd).nextFireAt());
        assertTrue(String.valueOf(row(odd).lastError()).contains("cannot fire"));
    }
}
