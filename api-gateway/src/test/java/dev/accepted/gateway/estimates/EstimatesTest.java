package dev.accepted.gateway.estimates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Limit;
import dev.accepted.contract.job.Progress;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.estimates.QueueView.Standing;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.http.Workers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EstimatesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T20:00:10Z");
    private static final Duration TYPICAL = Workers.REPORT.typicalDuration();

    private final Jobs job = Jobs.of(Workers.REPORT, "local", NOW.minusSeconds(10));
    private final ServiceRates rates = new ServiceRates();
    private Standing standing = new Standing(0, 1, 1);
    private Optional<HeldJobs.Place> place = Optional.empty();
    private final Estimates estimates =
            new Estimates(new AsTold(), rates, (state, queued) -> place, Clock.fixed(NOW, ZoneOffset.UTC));

    /** Every command stands where the test says. */
    private final class AsTold implements Standings {
        @Override
        public Standing standing(String queue, Position command, long arrivedMicros) {
            return standing;
        }

        @Override
        public int slots(String queue) {
            return standing.slots();
        }
    }

    @Test
    void manyJobsTakeTheirTimeDividedByTheSlots() {
        standing = new Standing(0, 0, 4);
        assertEquals(TYPICAL, estimates.timeOf(4, Workers.REPORT));
        assertEquals(TYPICAL.multipliedBy(3), estimates.timeOf(9, Workers.REPORT));
        standing = new Standing(0, 0, 0);
        assertEquals(TYPICAL.multipliedBy(9), estimates.timeOf(9, Workers.REPORT));
    }

    private Outlook outlook(JobState state) {
        return estimates.of(state, Workers.REPORT).orElseThrow();
    }

    @Test
    void aJobWithNothingAheadAndAFreeSlotIsShownAsProcessing() {
        Outlook outlook = outlook(job.accepted(JobFacts.NONE));

        assertEquals(Status.PROCESSING, outlook.status());
        assertEquals(OptionalLong.of(0), outlook.position());
        assertEquals(NOW, outlook.start());
        assertEquals(NOW.plus(TYPICAL), outlook.completion());
    }

    @Test
    void aJobBehindOthersStartsWhenTheyAreThrough() {
        standing = new Standing(3, 0, 2);

        Outlook outlook = outlook(job.accepted(JobFacts.NONE));

        assertEquals(Status.QUEUED, outlook.status());
        assertEquals(OptionalLong.of(3), outlook.position());
        assertEquals(NOW.plus(TYPICAL.multipliedBy(2)), outlook.start());
        assertEquals(NOW.plus(TYPICAL.multipliedBy(3)), outlook.completion());
    }

    @Test
    void aScheduledJobStartsAtItsTime() {
        Instant time = NOW.plusSeconds(3600);

        Outlook outlook = outlook(job.scheduled(time));

        assertEquals(Status.QUEUED, outlook.status());
        assertEquals(OptionalLong.of(0), outlook.position());
        assertEquals(time, outlook.start());
        assertEquals(time.plus(TYPICAL), outlook.completion());
    }

    @Test
    void aTimerThatIsDueIsNotInThePast() {
        assertEquals(NOW, outlook(job.scheduled(NOW.minusSeconds(2))).start());
    }

    @Test
    void oneThatWaitsForALimitStartsWhenThoseBeforeItAreThrough() {
        JobState held = job.then(
                job.accepted(JobFacts.NONE),
                1,
                NOW.minusSeconds(5),
                new Happening.HeldBack("w", new Limit(Limit.Kind.TENANT, "local")));
        place = Optional.of(new HeldJobs.Place(7, 3));

        Outlook outlook = outlook(held);

        assertEquals(Status.QUEUED, outlook.status());
        assertEquals(OptionalLong.of(7), outlook.position());
        assertEquals(NOW.plus(TYPICAL.multipliedBy(3)), outlook.start());
        assertEquals(NOW.plus(TYPICAL.multipliedBy(4)), outlook.completion());
    }

    @Test
    void oneThatComesWhileOthersWaitForItsLimitIsNotShownAsProcessing() {
        place = Optional.of(new HeldJobs.Place(2, 1));
        assertEquals(Status.QUEUED, outlook(job.accepted(JobFacts.NONE)).status());
    }

    @Test
    void aScheduledJobStartsAtItsTimeWhoeverWaits() {
        place = Optional.of(new HeldJobs.Place(2, 1));
        assertEquals(
                NOW.plusSeconds(3600),
                outlook(job.scheduled(NOW.plusSeconds(3600))).start());
    }

    @Test
    void aRetryStartsWhenItsDelayIsOver() {
        JobState failed = job.then(
                job.accepted(JobFacts.NONE),
                1,
                NOW,
                new Happening.AttemptFailed("w", NOW, JobError.failed("no"), Duration.ofSeconds(30), Map.of()));

        Outlook outlook = outlook(failed);

        assertEquals(Status.QUEUED, outlook.status());
        assertEquals(NOW.plusSeconds(30), outlook.start());
    }

    @Test
    void aRunningJobEndsAsItsKindDoes() {
        rates.finished("report.generate", Duration.ofSeconds(60));

        Outlook outlook = outlook(job.started(NOW.minusSeconds(10)));

        assertEquals(Status.PROCESSING, outlook.status());
        assertEquals(OptionalLong.empty(), outlook.position());
        assertEquals(NOW.minusSeconds(10), outlook.start());
        assertEquals(NOW.plusSeconds(50), outlook.completion());
    }

    @Test
    void itsOwnProgressSaysMore() {
        JobState half = job.then(
                job.accepted(JobFacts.NONE),
                1,
                NOW,
                new Happening.Progressed("w", NOW.minusSeconds(30), new Progress(75, ""), Map.of(), null));

        assertEquals(NOW.plusSeconds(10), outlook(half).completion());
    }

    @Test
    void anOverdueJobIsStillExpectedInTheFuture() {
        rates.finished("report.generate", Duration.ofSeconds(1));

        assertEquals(
                NOW.plusSeconds(10), outlook(job.started(NOW.minusSeconds(100))).completion());
        assertEquals(
                NOW.plusSeconds(1), outlook(job.started(NOW.minusSeconds(1))).completion());
    }

    @Test
    void aFinishedJobHasNoOutlook() {
        assertTrue(estimates.of(job.succeeded(NOW), Workers.REPORT).isEmpty());
    }

    @Test
    void theMeanFollowsTheLatestRuns() {
        for (int i = 0; i < 100; i++) {
            rates.finished("t", Duration.ofSeconds(10));
        }
        for (int i = 0; i < 100; i++) {
            rates.finished("t", Duration.ofSeconds(2));
        }

        Duration mean = rates.mean("t").orElseThrow();
        assertTrue(mean.compareTo(Duration.ofMillis(2_100)) < 0, mean::toString);
    }
}
