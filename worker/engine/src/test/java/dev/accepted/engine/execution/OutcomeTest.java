package dev.accepted.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.accepted.contract.job.Happening;
import dev.accepted.engine.InputRejected;
import dev.accepted.engine.PermanentFailure;
import dev.accepted.engine.TryAgainLater;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static final Duration DELAY = Duration.ofMillis(1_234);
    private static final Outcome.Run RUN =
            new Outcome.Run("probe-1", Attempts.BEGIN, Map.of(), least -> Optional.of(DELAY.plus(least)));
    private static final Outcome.Run LAST =
            new Outcome.Run("probe-1", Attempts.BEGIN, Map.of(), least -> Optional.empty());

    @Test
    void theDelayThatWasDrawnStandsInTheEvent() {
        Happening told = Outcome.of(new IllegalStateException("broken")).tell(RUN);
        assertEquals(
                DELAY, assertInstanceOf(Happening.AttemptFailed.class, told).delay());
    }

    @Test
    void withoutANextAttemptTheJobHasFailed() {
        Happening told = Outcome.of(new IllegalStateException("broken")).tell(LAST);
        assertEquals(
                "broken", assertInstanceOf(Happening.Failed.class, told).error().detail());
    }

    @Test
    void whatNoFurtherAttemptWouldHelpEndsAtOnce() {
        assertInstanceOf(
                Happening.Failed.class,
                Outcome.of(new PermanentFailure("never")).tell(RUN));
        assertInstanceOf(
                Happening.Rejected.class,
                Outcome.of(new InputRejected("/year", "no such year")).tell(RUN));
    }

    @Test
    void aFailureThatAsksForADelayIsTold() {
        Happening told =
                Outcome.of(new TryAgainLater("not now", Duration.ofSeconds(7))).tell(RUN);
        assertEquals(
                DELAY.plusSeconds(7),
                assertInstanceOf(Happening.AttemptFailed.class, told).delay());
    }

    @Test
    void aTimeoutIsRetriedAndADeadlineIsNot() {
        Happening timedOut = Outcome.Broken.timedOut(Duration.ofMinutes(5)).tell(RUN);
        assertInstanceOf(Happening.AttemptFailed.class, timedOut);
        Happening overran = new Outcome.Overran(Attempts.BEGIN).tell(RUN);
        assertEquals(
                "deadline-exceeded",
                assertInstanceOf(Happening.Failed.class, overran).error().slug());
    }

    @Test
    void aJobThatNoAttemptOfBeganExpires() {
        assertInstanceOf(Happening.Expired.class, new Outcome.TooLate(Attempts.BEGIN, false).tell(RUN));
        Happening later = new Outcome.TooLate(Attempts.BEGIN, true).tell(RUN);
        assertEquals(
                "deadline-exceeded",
                assertInstanceOf(Happening.Failed.class, later).error().slug());
    }
}
