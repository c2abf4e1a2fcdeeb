package dev.accepted.gateway.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BucketTest {

    private static final long START = 1_000_000_000_000L;
    private static final Duration WINDOW = Duration.ofSeconds(60);

    private final Bucket bucket = new Bucket(120, WINDOW, START);

    private static long after(Duration time) {
        return START + time.toNanos();
    }

    @Test
    void itIsFullAtFirstAndGivesWhatItHas() {
        assertEquals(120, bucket.left(START));
        assertTrue(bucket.take(120, START));
        assertFalse(bucket.take(1, START));
        assertEquals(0, bucket.left(START));
    }

    @Test
    void itFillsUpEvenlyAndNoFurtherThanFull() {
        assertTrue(bucket.take(120, START));
        assertEquals(Duration.ofMillis(500), bucket.until(1, START));
        assertEquals(WINDOW, bucket.untilFull(START));
        assertEquals(20, bucket.left(after(Duration.ofSeconds(10))));
        assertEquals(120, bucket.left(after(Duration.ofHours(1))));
        assertEquals(Duration.ZERO, bucket.untilFull(after(Duration.ofHours(1))));
    }

    @Test
    void whatIsLargerThanItIsTakenWhenItIsFullAndOwed() {
        assertTrue(bucket.take(240, START));
        assertFalse(bucket.take(1, after(Duration.ofSeconds(60))));
        assertEquals(0, bucket.left(after(Duration.ofSeconds(60))));
        assertTrue(bucket.take(1, after(Duration.ofSeconds(61))));
        assertFalse(bucket.take(240, after(Duration.ofSeconds(61))));
    }

    @Test
    void aTimeThatLiesBackChangesNothing() {
        assertTrue(bucket.take(120, START));
        assertEquals(0, bucket.left(START - 1_000));
        assertEquals(2, bucket.left(after(Duration.ofSeconds(1))));
    }
}
