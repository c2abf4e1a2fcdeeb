package dev.accepted.contract.job;

import static dev.accepted.contract.job.Happening.AttemptLost.Cause.HANDED_BACK;
import static dev.accepted.contract.job.Happening.AttemptLost.Cause.WORKER_GONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobStateTest {

    private static final Instant BEGAN = Records.START.plusSeconds(1);
    private long offset;

    private JobState happens(@Nullable JobState before, int attempt, Happening happening) {
        Position at = new Position(Topics.EVENTS, 0, offset++);
        return JobState.fold(
                before, Records.event(attempt, happening), Records.ID, at, Records.START.plusSeconds(10 + offset));
    }

    private static JobState sent(@Nullable JobState before, int attempt) {
        return JobState.fold(before, Records.command(attempt), Records.commandAt(attempt));
    }

    @Test
    void aCommandMakesAQueuedJobWithoutATimer() {
        JobState state = sent(null, 1);
        assertEquals(Status.QUEUED, state.status());
        assertEquals(1, state.version());
        assertTrue(state.timer().isEmpty());
    }

    @Test
    void aScheduledJobWaitsUnderATimerUntilItsFirstAttemptIsSent() {
        JobState scheduled = sent(null, 0);
        Timer timer = scheduled.timer().orElseThrow();
        assertEquals(new Timer(1, Records.START.plusSeconds(60), Records.commandAt(0)), timer);
        assertTrue(sent(scheduled, 1).timer().isEmpty());
    }

    @Test
    void aFailedAttemptWaitsForTheDelayThatItsWorkerSet() {
        JobState failed = happens(
                sent(null, 1),
                1,
                new Happening.AttemptFailed("w", BEGAN, JobError.failed("x"), Duration.ofSeconds(30), Map.of()));
        assertEquals(Status.QUEUED, failed.status());
        assertEquals(2, failed.phase().attempt());
        assertEquals(
                Records.START.plusSeconds(11 + 30), failed.timer().orElseThrow().dueAt());
        assertTrue(sent(failed, 2).timer().isEmpty());
    }

    private static Happening heldBack(String tenant) {
        return new Happening.HeldBack("w", new Limit(Limit.Kind.TENANT, tenant));
    }

    @Test
    void aJobThatIsHeldBackWaitsUnderATimerThatNamesTheLimit() {
        JobState held = happens(sent(null, 1), 1, heldBack("acme"));
        assertEquals(Status.QUEUED, held.status());
        assertEquals(0, held.work().losses() + held.work().failures());
        Limit limit = new Limit(Limit.Kind.TENANT, "acme");
        assertEquals(
                new Timer(2, Records.START.plusSeconds(11), Records.commandAt(1), limit),
                held.timer().orElseThrow());
        assertTrue(sent(held, 2).timer().isEmpty());
        assertNull(held.work().run());
    }

    @Test
    void whoeverIsHeldBackOnceMoreKeepsItsPlaceAndItsEntry() {
        JobState once = happens(sent(null, 1), 1, heldBack("acme"));
        JobState twice = happens(sent(once, 2), 2, heldBack("acme"));
        assertEquals(
                new Phase.Queued(3, Records.START.plusSeconds(11), new Limit(Limit.Kind.TENANT, "acme")),
                twice.phase());
        assertEquals(once.work().history(), twice.work().history());
        assertEquals(
                "As many jobs of tenant acme run as may at once.",
                twice.work().history().get(0).reason());
        JobState another = happens(sent(twice, 3), 3, heldBack("other"));
        assertEquals(1, another.work().history().size());
        assertEquals(3, another.work().history().get(0).number());
    }

    @Test
    void oneThatRanAndIsHeldBackAgainWaitsFromThenOn() {
        JobState held = happens(sent(null, 1), 1, heldBack("acme"));
        JobState runs = happens(sent(held, 2), 2, new Happening.Started("w", BEGAN));
        assertEquals(new Phase.Processing(2), runs.phase());
        JobState lost = happens(runs, 2, new Happening.AttemptLost("w", BEGAN, "gone", WORKER_GONE));
        assertNull(lost.timer().orElseThrow().heldBy());
        JobState again = happens(sent(lost, 3), 3, heldBack("acme"));
        assertEquals(Records.START.plusSeconds(14), again.timer().orElseThrow().dueAt());
        assertEquals(
                java.util.List.of("held-back", "attempt-lost", "held-back"),
                again.work().history().stream().map(Attempt::outcome).toList());
    }

    @Test
    void aJobThatIsBeingCancelledIsCancelledInsteadOfHeldBack() {
        JobState cancelling = happens(sent(null, 1), 1, new Happening.CancelRequested(true, null));
        assertEquals(Status.CANCELLED, happens(cancelling, 1, heldBack("acme")).status());
        JobState held = happens(sent(null, 1), 1, heldBack("acme"));
        assertEquals(
                Status.CANCELLED,
                happens(held, 1, new Happening.CancelRequested(true, null)).status());
    }

    @Test
    void aLimitReadsAsItWasWritten() {
        for (Limit.Kind kind : Limit.Kind.values()) {
            Limit limit = new Limit(kind, "a/b");
            assertEquals(limit, Limit.ofText(limit.text()));
        }
        assertThrows(IllegalArgumentException.class, () -> Limit.ofText("acme"));
        assertThrows(IllegalArgumentException.class, () -> Limit.ofText("planet/mars"));
    }

    @Test
    void aLateFinisherIsFenced() {
        JobState lost = happens(sent(null, 1), 1, new Happening.AttemptLost("w", BEGAN, "gone", WORKER_GONE));
        JobState late = happens(lost, 1, new Happening.Succeeded("w", BEGAN, null, Map.of()));
        assertEquals(Status.QUEUED, late.status());
        assertEquals(1, late.fenced());
        assertEquals(lost.version(), late.version());
    }

    @Test
    void aCancelThatFoundNoLeaseCancelsAtOnce() {
        JobState state = happens(sent(null, 1), 0, new Happening.CancelRequested(false, null));
        assertEquals(Status.CANCELLED, state.status());
        assertTrue(state.timer().isEmpty());
    }

    @Test
    void aLostAttemptOfAJobBeingCancelledCancelsIt() {
        JobState cancelling = happens(
                happens(sent(null, 1), 1, new Happening.Started("w", BEGAN)),
                1,
                new Happening.CancelRequested(true, null));
        assertEquals(Status.CANCELLING, cancelling.status());
        JobState lost = happens(cancelling, 1, new Happening.AttemptLost("w", BEGAN, "gone", WORKER_GONE));
        assertEquals(Status.CANCELLED, lost.status());
        assertTrue(lost.timer().isEmpty());
    }

    @Test
    void onlyAFailedOrExpiredJobIsRedriven() {
        JobState failed = happens(sent(null, 1), 1, new Happening.Failed("w", BEGAN, JobError.failed("x"), Map.of()));
        JobState again = happens(failed, 0, new Happening.Redriven("ops", "mended"));
        assertEquals(2, again.timer().orElseThrow().attempt());
        JobState done = happens(sent(null, 1), 1, new Happening.Succeeded("w", BEGAN, null, Map.of()));
        assertEquals(
                Status.SUCCEEDED,
                happens(done, 0, new Happening.Redriven("ops", "why not")).status());
    }

    @Test
    void anEventFoldedBeforeItsCommandMakesAWholeRow() {
        JobState early = happens(null, 1, new Happening.Succeeded("w", BEGAN, null, Map.of()));
        assertEquals("acme", early.tenant());
        assertEquals(Records.commandAt(1), early.command());
        assertEquals(Status.SUCCEEDED, early.status());
        assertEquals(2, sent(early, 1).version());
    }

    @Test
    void theHistoryKeepsTheLastFifty() {
        JobState state = sent(null, 1);
        for (int attempt = 1; attempt <= 60; attempt++) {
            state = happens(state, attempt, new Happening.AttemptLost("w", BEGAN, "gone", HANDED_BACK));
        }
        assertEquals(50, state.work().history().size());
        assertEquals(60, state.work().history().get(49).number());
    }

    @Test
    void aCancelOfAnAttemptThatIsOverCancelsAtOnce() {
        JobState failed = happens(
                sent(null, 1),
                1,
                new Happening.AttemptFailed("w", BEGAN, JobError.failed("x"), Duration.ofMinutes(1), Map.of()));
        JobState state = happens(failed, 1, new Happening.CancelRequested(true, null));
        assertEquals(Status.CANCELLED, state.status());
        assertTrue(state.timer().isEmpty());
    }

    @Test
    void theTenthLossEndsTheJob() {
        JobState state = sent(null, 1);
        for (int attempt = 1; attempt <= 9; attempt++) {
            state = happens(state, attempt, new Happening.AttemptLost("w", BEGAN, "gone", WORKER_GONE));
            assertEquals(Status.QUEUED, state.status());
        }
        state = happens(state, 10, new Happening.AttemptLost("w", BEGAN, "gone", WORKER_GONE));
        assertEquals(Status.FAILED, state.status());
        assertTrue(state.timer().isEmpty());
    }

    @Test
    void whatAStoppedWorkerHandsBackIsNotCounted() {
        JobState state = sent(null, 1);
        for (int attempt = 1; attempt <= 20; attempt++) {
            state = happens(state, attempt, new Happening.AttemptLost("w", BEGAN, "stopped", HANDED_BACK));
        }
        assertEquals(Status.QUEUED, state.status());
        assertEquals(0, state.work().losses());
    }

    @Test
    void aRedrivenJobHasANewSeriesOfAttempts() {
        JobState failed = happens(sent(null, 1), 1, new Happening.Failed("w", BEGAN, JobError.failed("x"), Map.of()));
        assertEquals(1, failed.work().failures());
        assertEquals(
                0,
                happens(failed, 0, new Happening.Redriven("ops", "mended"))
                        .work()
                        .failures());
    }

    @Test
    void whoRunsItIsKnownUntilTheAttemptEnds() {
        JobState started = happens(sent(null, 1), 1, new Happening.Started("w", BEGAN));
        assertEquals(new Run(1, "w", BEGAN), started.work().run());
        assertNull(happens(started, 1, new Happening.AttemptLost("w", BEGAN, "gone", WORKER_GONE))
                .work()
                .run());
    }

    @Test
    void theHistoryKeepsWhatTheClientSaidAndWhenTheNextAttemptIsDue() {
        JobState failed = happens(
                sent(null, 1),
                1,
                new Happening.AttemptFailed("w", BEGAN, JobError.failed("x"), Duration.ofSeconds(30), Map.of()));
        JobState cancelled = happens(failed, 2, new Happening.CancelRequested(false, "a mistake"));
        assertEquals(
                Records.START.plusSeconds(11 + 30),
                cancelled.work().history().get(0).nextAt());
        assertEquals("a mistake", cancelled.work().history().get(1).reason());
    }

    @Test
    void aDeadlineCountsUntilTheJobEndsOrIsTakenUpAgain() {
        Instant deadline = Records.START.plusSeconds(600);
        JobCommand command = new JobCommand(
                Records.ID,
                "acme",
                "probe.noop",
                "probe",
                1,
                new JobFacts(null, deadline, null, Map.of(), Map.of(), Map.of(), null),
                null,
                null);
        JobState queued = JobState.fold(null, command, Records.commandAt(1));
        assertEquals(Optional.of(deadline), queued.deadline());
        JobState expired = happens(queued, 1, new Happening.Expired("too late"));
        assertEquals(Optional.empty(), expired.deadline());
        assertEquals(
                Optional.empty(),
                happens(expired, 1, new Happening.Redriven("ops", "again")).deadline());
    }

    @Test
    void whichOfCompletionAndCancelIsFirstInTheLogWins() {
        Happening done = new Happening.Succeeded("w", BEGAN, null, Map.of());
        Happening cancel = new Happening.CancelRequested(true, null);
        JobState started = happens(sent(null, 1), 1, new Happening.Started("w", BEGAN));
        assertEquals(
                Status.SUCCEEDED, happens(happens(started, 1, done), 1, cancel).status());
        assertEquals(
                Status.CANCELLED, happens(happens(started, 1, cancel), 1, done).status());
    }
}
