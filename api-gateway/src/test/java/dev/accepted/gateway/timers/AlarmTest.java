package dev.accepted.gateway.timers;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AlarmTest {

    private static final Instant PLANNED = Instant.parse("2026-11-23T20:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Alarm alarm = new Alarm();

    @Test
    void whatIsEarlierThanPlannedWakes() throws Exception {
        CountDownLatch asleep = new CountDownLatch(1);
        CompletableFuture<Void> sleeper = CompletableFuture.runAsync(() -> {
            asleep.countDown();
            sleep(LONG);
        });
        assertTrue(asleep.await(20, TimeUnit.SECONDS));
        alarm.ring(PLANNED.minusMillis(1));
        sleeper.get(20, TimeUnit.SECONDS);
    }

    @Test
    void whatWasToldSinceItListenedIsNotMissed() {
        alarm.listen();
        alarm.ring(PLANNED.minusMillis(1));
        alarm.ring(PLANNED.plusSeconds(1));
        assertTimeoutPreemptively(PATIENCE, () -> alarm.sleep(PLANNED, LONG));
    }

    @Test
    void whatIsLaterThanPlannedDoesNotWake() {
        Duration planned = Duration.ofMillis(300);
        alarm.ring(PLANNED);
        long since = System.nanoTime();
        sleep(planned);
        assertTrue(System.nanoTime() - since >= planned.toNanos());
    }

    @Test
    void whatWasToldBeforeItListenedIsKnownToIt() {
        Duration planned = Duration.ofMillis(300);
        alarm.ring(PLANNED.minusMillis(1));
        alarm.listen();
        long since = System.nanoTime();
        sleep(planned);
        assertTrue(System.nanoTime() - since >= planned.toNanos());
    }

    @Test
    void whatIsOverdueIsNotSleptFor() {
        assertTimeoutPreemptively(PATIENCE, () -> alarm.sleep(PLANNED, Duration.ofMillis(-5)));
    }

    private void sleep(Duration wait) {
        try {
            alarm.sleep(PLANNED, wait);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
