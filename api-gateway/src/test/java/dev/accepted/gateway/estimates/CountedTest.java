package dev.accepted.gateway.estimates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CountedTest {

    private static final long SECOND = 1_000_000;

    private final Counted counted = new Counted();

    private void sample(long second, long total) {
        counted.sampled(total, second * SECOND);
    }

    @Test
    void ofAFewSecondsThereIsNoRateYet() {
        assertTrue(counted.rate().isEmpty());
        sample(100, 1_000);
        sample(104, 1_400);
        assertTrue(counted.rate().isEmpty());
    }

    @Test
    void whatWasThereBeforeTheFirstLookIsNotCounted() {
        sample(100, 1_000_000);
        sample(110, 1_000_050);
        assertEquals(5, counted.rate().orElseThrow(), 1e-9);
    }

    @Test
    void theRateIsThatOfTheLastMinute() {
        for (int second = 0; second <= 600; second++) {
            sample(second, second <= 500 ? 100L * second : 50_000 + second - 500);
        }
        assertEquals(1, counted.rate().orElseThrow(), 1e-6);
    }

    @Test
    void aLookThatIsOlderThanTheLastChangesNothing() {
        sample(0, 0);
        sample(10, 100);
        sample(11, 90);
        assertEquals(100.0 / 11, counted.rate().orElseThrow(), 1e-6);
    }
}
