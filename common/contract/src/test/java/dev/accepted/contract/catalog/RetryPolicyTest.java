package dev.accepted.contract.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final RetryPolicy POLICY = new RetryPolicy(5, Duration.ofSeconds(1), 2, LONGEST);

    @Test
    void theBackOffDoublesUpToItsBound() {
        assertEquals(Duration.ofSeconds(1), POLICY.backOffAfter(1));
        assertEquals(Duration.ofSeconds(8), POLICY.backOffAfter(4));
        assertEquals(LONGEST, POLICY.backOffAfter(11));
        assertEquals(LONGEST, POLICY.backOffAfter(5_000));
    }

    @Test
    void theDelayIsDrawnFromHalfTheBackOffToAllOfIt() {
        assertEquals(Duration.ofSeconds(4), POLICY.delayAfter(4, Duration.ZERO, 0));
        assertEquals(Duration.ofSeconds(6), POLICY.delayAfter(4, Duration.ZERO, 0.5));
        assertEquals(Duration.ofSeconds(8), POLICY.delayAfter(4, Duration.ZERO, Math.nextDown(1.0)));
    }

    @Property
    void everyDelayIsBetweenHalfTheBackOffAndItsBound(
            @ForAll @IntRange(min = 1, max = 100) int failures,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double draw) {
        Duration delay = POLICY.delayAfter(failures, Duration.ZERO, draw);
        Duration backOff = POLICY.backOffAfter(failures);
        assertTrue(delay.compareTo(backOff.dividedBy(2)) >= 0 && delay.compareTo(backOff) <= 0, delay::toString);
    }

    @Property
    void aFloorHoldsAsFarAsTheBoundAllows(
            @ForAll @IntRange(min = 1, max = 100) int failures,
            @ForAll @IntRange(min = 0, max = 100_000) int floorSeconds,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double draw) {
        Duration floor = Duration.ofSeconds(floorSeconds);
        Duration delay = POLICY.delayAfter(failures, floor, draw);
        assertTrue(delay.compareTo(LONGEST) <= 0, delay::toString);
        Duration kept = floor.compareTo(LONGEST.dividedBy(2)) <= 0 ? floor : LONGEST.dividedBy(2);
        assertTrue(delay.compareTo(kept) >= 0, delay::toString);
    }

    @Test
    void theLastAttemptIsNotFollowedByAnother() {
        assertTrue(POLICY.allowsAfter(4));
        assertTrue(!POLICY.allowsAfter(5));
        assertTrue(!new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO).allowsAfter(1));
    }
}
