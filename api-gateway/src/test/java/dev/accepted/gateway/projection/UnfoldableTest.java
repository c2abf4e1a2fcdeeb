package dev.accepted.gateway.projection;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.LogFiller;
import dev.accepted.gateway.fixture.Rows;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Workers;
import dev.accepted.store.job.ProjectionPositions.TopicPartition;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@GatewayTest
class UnfoldableTest {

    /** A year that PostgreSQL has no time for, and one that Java has not. */
    private static final Duration TOO_LONG = Duration.ofDays(365L * 400_000);

    private static final Duration FAR_TOO_LONG = Duration.ofSeconds(Long.MAX_VALUE);

    private static final Instant BEGAN = Instant.parse("2026-11-23T20:00:00Z");

    @Inject
    Rows rows;

    @Inject
    Projection projection;

    @Inject
    IdSeal seal;

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    @Test
    void aRecordThatPostgresRefusesStopsNobody() {
        List<Jobs> jobs = new ArrayList<>();
        try (LogFiller log = new LogFiller()) {
            for (int n = 0; n < 40; n++) {
                Jobs job = Jobs.of(Workers.REPORT, "local", Instant.now());
                jobs.add(job);
                log.eventLater(job.event(1, started()));
                if (n == 13) {
                    log.eventLater(job.event(1, failedFor(TOO_LONG)));
                }
                if (n == 31) {
                    log.eventLater(job.event(1, failedFor(FAR_TOO_LONG)));
                }
                log.eventLater(job.event(1, new Happening.Succeeded("w", BEGAN, null, Map.of())));
            }
            log.flush();
        }
        for (Jobs job : jobs) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            rows.find(job.id()).map(JobState::status).equals(java.util.Optional.of(Status.SUCCEEDED)));
        }
        assertEquals(1, dead(jobs.get(13)).size());
        String why = dead(jobs.get(13)).get(0).headers().getOrDefault("dead_reason", "");
        assertTrue(why.contains("PSQLException"), why);
        assertEquals(1, dead(jobs.get(31)).size());
        assertEquals(0, dead(jobs.get(14)).size());
    }

    @Test
    void theBatchIsHalvedUntilTheOneIsFound() throws Exception {
        Map<org.apache.kafka.common.TopicPartition, List<ConsumerRecord<String, byte[]>>> batch = new HashMap<>();
        org.apache.kafka.common.TopicPartition partition =
                new org.apache.kafka.common.TopicPartition(Topics.EVENTS, 77);
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        List<Jobs> jobs = new ArrayList<>();
        for (int n = 0; n < 21; n++) {
            Jobs job = Jobs.of(Workers.REPORT, "local", Instant.now());
            jobs.add(job);
            JobEvent event = job.event(1, n == 5 ? failedFor(TOO_LONG) : started());
            records.add(new ConsumerRecord<>(Topics.EVENTS, 77, n, event.jobId(), event.toJson()));
        }
        batch.put(partition, records);
        projection.take(new ConsumerRecords<>(batch, Map.of()));
        for (int n = 0; n < 21; n++) {
            assertEquals(n != 5, rows.find(jobs.get(n).id()).isPresent(), "job " + n);
            assertEquals(n == 5 ? 1 : 0, dead(jobs.get(n)).size(), "job " + n);
        }
        assertEquals(21, rows.nextOffset(new TopicPartition(Topics.EVENTS, 77)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"22008", "23514", "54000"})
    void whatPostgresSaysOfDataIsTheRecordsFault(String state) {
        assertThrows(
                Unfoldable.class, () -> Unfoldable.throwIfToBlame(List.of(entry()), new SQLException("no", state)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40P01", "42P01", "42703", "53300", "57P01"})
    void whatItSaysOfItselfIsWaitedFor(String state) {
        assertDoesNotThrow(() -> Unfoldable.throwIfToBlame(List.of(entry()), new SQLException("away", state)));
    }

    private LogEntry entry() throws Undecodable {
        JobEvent event = Jobs.of(Workers.REPORT, "local", Instant.now()).event(1, started());
        return LogEntry.read(new ConsumerRecord<>(Topics.EVENTS, 0, 0, event.jobId(), event.toJson()), seal);
    }

    private static List<LogView.Entry> dead(Jobs job) {
        return LogView.of(Topics.DEAD).stream()
                .filter(entry -> entry.key().equals(job.id().text()))
                .toList();
    }

    private static Happening started() {
        return new Happening.Started("w", BEGAN);
    }

    private static Happening failedFor(Duration delay) {
        return new Happening.AttemptFailed("w", BEGAN, JobError.failed("x"), delay, Map.of());
    }
}
