package dev.accepted.gateway.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void overTimeSoManyAreSentAsTheRateSays() {
        Pace pace = new Pace(0);
        int sent = 0;
        for (int step = 1; step <= 300; step++) {
            int room = pace.room(50.0, TimeUnit.MILLISECONDS.toNanos(200L * step), 500);
            pace.sent(room);
            sent += room;
        }
        assertEquals(3_000, sent, 1);
    }

    @Test
    void aRateBelowOneIsOneNowAndThen() {
        Pace pace = new Pace(0);
        assertEquals(0, pace.room(0.5, TimeUnit.SECONDS.toNanos(1), 500));
        assertEquals(1, pace.room(0.5, TimeUnit.SECONDS.toNanos(2), 500));
        pace.sent(1);
        assertEquals(0, pace.room(0.5, TimeUnit.SECONDS.toNanos(3), 500));
    }

    @Test
    void whatWasNotUsedIsSavedForOneSecondAlone() {
        assertEquals(50, new Pace(0).room(50.0, TimeUnit.MINUTES.toNanos(5), 500));
    }

    @Test
    void withoutARateThereIsRoomForAll() {
        assertEquals(500, new Pace(0).room(null, 0, 500));
    }
}
