package dev.accepted.email.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final WaitingByHand time = new WaitingByHand();

    @Test
    void mailsAreSpreadEvenly() throws InterruptedException {
        Pace pace = new Pace(50, time);
        for (int mail = 0; mail < 101; mail++) {
            pace.await(() -> false);
            assertEquals(Duration.ofMillis(20).multipliedBy(mail), time.total());
        }
    }

    @Test
    void aSlowServerIsNotSlowedFurther() throws InterruptedException {
        Pace pace = new Pace(50, time);
        for (int mail = 0; mail < 100; mail++) {
            pace.await(() -> false);
            time.pass(Duration.ofMillis(30));
        }
        assertEquals(Duration.ZERO, time.total());
    }

    @Test
    void aLittleLatenessIsMadeUpFor() throws InterruptedException {
        Pace pace = new Pace(1000, time);
        for (int mail = 0; mail < 1001; mail++) {
            pace.await(() -> false);
            time.pass(mail % 10 == 0 ? Duration.ofMillis(5) : Duration.ZERO);
        }
        assertEquals(Duration.ofMillis(1005), Duration.ofNanos(time.nanoTime()));
    }

    @Test
    void idleTimeMakesNoBurst() throws InterruptedException {
        Pace pace = new Pace(10, time);
        pace.await(() -> false);
        time.pass(Duration.ofMinutes(1));
        for (int mail = 0; mail < 11; mail++) {
            pace.await(() -> false);
        }
        assertEquals(Duration.ofSeconds(1), time.total());
    }

    @Test
    void withoutABoundNobodyWaits() throws InterruptedException {
        Pace pace = new Pace(0, time);
        for (int mail = 0; mail < 1000; mail++) {
            pace.await(() -> false);
        }
        assertEquals(Duration.ZERO, time.total());
    }

    @Test
    void aStopEndsALongWait() throws InterruptedException {
        Pace pace = new Pace(0.001, time);
        pace.await(() -> false);
        assertThrows(
                CancellationException.class,
                () -> pace.await(() -> time.nanoTime() > Duration.ofSeconds(3).toNanos()));
        assertEquals(Duration.ofMillis(3500), time.total());
    }

    @Test
    void aRateBelowZeroIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Pace(-1, time));
        assertThrows(IllegalArgumentException.class, () -> new Pace(Double.NaN, time));
    }
}
