package dev.accepted.gateway.retention;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.fixture.LogFiller;
import dev.accepted.gateway.fixture.Rows;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.objects.ObjectStore;
import dev.accepted.objects.StoredObject;
import dev.accepted.store.partition.Partitions;
import dev.accepted.store.timer.TimerTable;
import dev.accepted.store.transaction.Transaction;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is past its time is gone: for clients, for the fold, and from the disk. */
@GatewayTest
class RetentionTest {

    private final Instant now = Instant.now();
    private final Instant past = now.minus(Duration.ofDays(35));

    @Inject
    JobsInTheLog jobs;

    @Inject
    Rows rows;

    @Inject
    JobPurger purger;

    @Inject
    ObjectPurger objectPurger;

    @Inject
    ObjectStore objects;

    @Inject
    DataSource database;

    @Inject
    GatewayConfig config;

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private void partitionsOf(Instant day) throws SQLException {
        Transaction.run(database, connection -> {
            Partitions.ensure(connection, day, 0);
            return true;
        });
    }

    private boolean hasPartition(Instant time) throws SQLException {
        LocalDate day = time.atOffset(ZoneOffset.UTC).toLocalDate();
        return Transaction.run(database, c -> Partitions.before(c, day.plusDays(1)))
                .contains(day);
    }

    private static List<Happening> told(Jobs job) {
        return LogView.of(Topics.EVENTS).stream()
                .filter(entry -> entry.key().equals(job.id().text()))
                .map(entry -> {
                    try {
                        return JobEvent.read(entry.value()).event();
                    } catch (dev.accepted.contract.Undecodable e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    private static void isGone(Jobs job) {
        given().get("/jobs/" + job.id())
                .then()
                .statusCode(410)
                .contentType("application/problem+json")
                .body("type", containsString("/problems/job-gone"));
        given().get("/jobs/" + job.id() + "/timeline").then().statusCode(410);
        given().get("/jobs/" + job.id() + "/result")
                .then()
                .statusCode(410)
                .body("type", containsString("/problems/result-expired"));
        given().head("/jobs/" + job.id()).then().statusCode(410);
    }

    @Test
    void theJobsOfADayThatIsOverAreDroppedAndTheLogHasTheirEnds() throws Exception {
        partitionsOf(past);
        Jobs done = Jobs.of(Workers.REPORT, "local", past);
        Jobs left = Jobs.of(Workers.REPORT, "local", past);
        Jobs later = Jobs.of(Workers.REPORT, "local", past);
        Jobs astray = Jobs.of(Workers.REPORT, "local", now.minus(Duration.ofDays(60)));
        Jobs kept = Jobs.of(Workers.REPORT, "local", now.minus(Duration.ofDays(20)));
        JobState waiting = later.scheduled(now.plus(Duration.ofDays(1)));
        rows.insert(done.succeeded(past), left.accepted(JobFacts.NONE), waiting, astray.accepted(JobFacts.NONE));
        rows.insert(kept.accepted(JobFacts.NONE));
        Transaction.run(database, connection -> {
            TimerTable.settle(connection, List.of(waiting));
            return true;
        });
        assertTrue(jobs.claim(left, 1));
        List.of(done, left, later, astray).forEach(RetentionTest::isGone);
        assertTrue(hasPartition(past));

        purger.purge(now);

        assertFalse(hasPartition(past));
        for (Jobs job : List.of(done, left, later, astray)) {
            assertEquals(Optional.empty(), rows.find(job.id()));
            isGone(job);
        }
        assertFalse(jobs.hasTimer(later));
        assertFalse(jobs.isLeased(left));
        assertEquals(List.of(), told(done));
        for (Jobs job : List.of(left, later, astray)) {
            assertEquals(
                    List.of("expired"),
                    told(job).stream().map(Happening::eventName).toList());
        }
        assertEquals(0, jobs.state(kept).applied());
        given().get("/jobs/" + kept.id()).then().statusCode(200);
    }

    @Test
    void whatIsPastStaysUntilItsDayIsOver() throws Exception {
        Instant edge = now.minus(Duration.ofDays(30));
        Instant dayBegins = edge.atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        Jobs first = Jobs.of(Workers.REPORT, "local", dayBegins);
        Jobs before = Jobs.of(Workers.REPORT, "local", dayBegins.minusMillis(1));
        rows.insert(first.succeeded(now), before.succeeded(now));
        purger.purge(now);
        assertTrue(rows.find(first.id()).isPresent());
        assertEquals(Optional.empty(), rows.find(before.id()));
    }

    @Test
    void whatTheLogStillSaysOfThePurgedWakesNothing() throws Exception {
        Jobs gone = Jobs.of(Workers.REPORT, "local", past);
        Jobs fresh = Jobs.of(Workers.REPORT, "local", Instant.now());
        try (LogFiller log = new LogFiller()) {
            log.command(gone.command(0, JobFacts.NONE));
            log.event(gone.event(
                    1, new Happening.AttemptLost("w", null, "gone", Happening.AttemptLost.Cause.WORKER_GONE)));
        }
        jobs.send(fresh, 0, JobFacts.NONE);
        jobs.tell(fresh, 0, new Happening.CancelRequested(false, null));
        await(gone, fresh);
        assertEquals(Optional.empty(), rows.find(gone.id()));
        assertFalse(jobs.hasTimer(gone));
    }

    /** Until the fold has passed what the log has of both. */
    private void await(Jobs gone, Jobs fresh) {
        jobs.until(fresh, state -> state.status().done());
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            for (String topic : List.of(Topics.EVENTS, Topics.LATER)) {
                for (LogView.Entry entry : LogView.of(topic)) {
                    if (entry.key().equals(gone.id().text())
                            && rows.nextOffset(new dev.accepted.store.job.ProjectionPositions.TopicPartition(
                                            topic, entry.at().partition()))
                                    <= entry.at().offset()) {
                        return false;
                    }
                }
            }
            return true;
        });
    }

    @Test
    void whatIsNotPurgedYetIsNeitherListedNorMissed() throws Exception {
        String tenant = "t-" + UUID.randomUUID();
        Jobs purged =
                Jobs.of(Workers.REPORT, tenant, now.minus(Duration.ofDays(30)).minusSeconds(60));
        Jobs kept =
                Jobs.of(Workers.REPORT, tenant, now.minus(Duration.ofDays(30)).plusSeconds(3_000));
        rows.insert(purged.accepted(JobFacts.NONE), kept.succeeded(now));
        given().header("Authorization", Tokens.bearer(tenant, "jobs:read"))
                .get("/jobs")
                .then()
                .statusCode(200)
                .body("items.job_id", is(List.of(kept.id().text())));
        String stranded = given().header("Authorization", Tokens.bearer("ops", "operations"))
                .get("/operations/audit")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertFalse(stranded.contains(purged.id().text()), stranded);
    }

    @Test
    void oldObjectsAreRemovedAndThoseInUseStay() throws Exception {
        StoredObject input = objects.put("local", "an old input".getBytes(StandardCharsets.UTF_8));
        putList("first@example.com");
        putList("second@example.com");
        String replaced = digest("email\nfirst@example.com\n");
        for (Path file : files()) {
            Files.setLastModifiedTime(file, FileTime.from(now.minus(Duration.ofDays(40))));
        }
        StoredObject young = objects.put("local", "a young input".getBytes(StandardCharsets.UTF_8));
        String current = current();
        objectPurger.purge(now);
        assertEquals(Optional.empty(), objects.find("local", input.digest()));
        assertTrue(objects.find("local", young.digest()).isPresent());
        assertTrue(objects.find("local", current).isPresent(), "reference data is kept as long as it is current");
        given().header("Authorization", Tokens.bearer("local", "campaigns:write"))
                .get("/recipient-lists/retention-test")
                .then()
                .statusCode(200);

        // A job that was accepted a moment ago has it pinned, so what is replaced lives on as long as that job.
        putList("third@example.com");
        objectPurger.purge(now);
        assertTrue(objects.find("local", current).isPresent(), "what was replaced just now is still needed");
        objectPurger.purge(now.plus(Duration.ofDays(32)));
        assertEquals(Optional.empty(), objects.find("local", current));
        assertEquals(Optional.empty(), objects.find("local", replaced));
    }

    private String current() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT digest FROM reference WHERE tenant = 'local' AND name = 'retention-test'")) {
            row.next();
            return row.getString(1);
        }
    }

    private static String digest(String content) throws Exception {
        return HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                        .digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static void putList(String address) {
        given().header("Authorization", Tokens.bearer("local", "campaigns:write"))
                .contentType("text/csv; charset=utf-8")
                .body("email\n" + address + "\n")
                .put("/recipient-lists/retention-test")
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(200, 201));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(config.objects().directory()))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
