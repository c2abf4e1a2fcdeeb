package dev.accepted.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.catalog.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetriesTest {

    private static final RetryPolicy POLICY = new RetryPolicy(5, Duration.ofSeconds(4), 2, Duration.ofMinutes(10));

    private final MovingClock clock = new MovingClock();

    /** Draws a quarter each time. */
    private final RandomGenerator chance = () -> 1L << 62;

    private final Retries retries = new Retries(
            chance,
            clock,
            new OutageWatch(clock, new OutageWatch.Settings(3, Duration.ofMinutes(1), Duration.ofSeconds(30))));

    @Test
    void aFailedAttemptIsFollowedByTheNextAfterADrawnDelay() {
        assertEquals(Optional.of(Duration.ofMillis(2_500)), after(1, 0));
        assertEquals(Optional.of(Duration.ofSeconds(5)), after(1, 1));
    }

    @Test
    void aFailureThatAsksForADelayGetsItUpToTheLongest() {
        assertEquals(Optional.of(Duration.ofMillis(62_500)), after(1, 0, Duration.ofSeconds(50)));
        assertEquals(Optional.of(Duration.ofMillis(2_500)), after(1, 0, Duration.ofSeconds(1)));
        assertEquals(
                Optional.of(Duration.ofSeconds(375)), after(1, 0, Duration.ofHours(9)), "the longest delay bounds it");
        assertEquals(Optional.empty(), after(1, 4, Duration.ofSeconds(50)), "it asks for a delay, not for an attempt");
    }

    @Test
    void theLastAttemptIsFollowedByNone() {
        assertTrue(after(1, 3).isPresent());
        assertEquals(Optional.empty(), after(1, 4));
    }

    @Test
    void noneFollowsThatCouldNotBeginBeforeTheDeadline() {
        Assignment inTime = Attempts.assignment(1, 0, Attempts.BEGIN.plusMillis(2_501));
        assertTrue(retries.after(inTime, POLICY, Duration.ZERO).isPresent());
        Assignment late = Attempts.assignment(1, 0, Attempts.BEGIN.plusMillis(2_500));
        assertEquals(Optional.empty(), retries.after(late, POLICY, Duration.ZERO));
    }

    @Test
    void inAnOutageRetriesWaitLongerUntilOneSucceeds() {
        after(1, 0);
        after(2, 0);
        assertEquals(Optional.of(Duration.ofMillis(37_500)), after(3, 0));
        clock.pass(Duration.ofMinutes(2));
        assertEquals(Optional.of(Duration.ofSeconds(150)), after(4, 0));
        clock.pass(Duration.ofHours(2));
        assertEquals(Optional.of(Duration.ofSeconds(375)), after(5, 0), "the type's longest delay bounds it");
        retries.succeeded(Attempts.assignment(6, 0, null));
        assertEquals(Optional.of(Duration.ofMillis(2_500)), after(7, 0));
    }

    private Optional<Duration> after(int job, int failures) {
        return after(job, failures, Duration.ZERO);
    }

    private Optional<Duration> after(int job, int failures, Duration least) {
        return retries.after(Attempts.assignment(job, failures, null), POLICY, least);
    }
}
