package dev.accepted.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.engine.execution.OutageWatch.Reading;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OutageWatchTest {

    private static final String TYPE = "email.campaign";
    private static final Duration SHORTEST = Duration.ofSeconds(30);

    private final MovingClock clock = new MovingClock();
    private final OutageWatch watch =
            new OutageWatch(clock, new OutageWatch.Settings(10, Duration.ofMinutes(1), SHORTEST));

    @Test
    void tenDifferentJobsThatFailAreAnOutage() {
        assertEquals(Duration.ZERO, fail(1, 9));
        Reading tenth = watch.failed(TYPE, job(10));
        assertTrue(tenth.began());
        assertEquals(SHORTEST, tenth.floor());
        assertFalse(watch.failed(TYPE, job(11)).began());
    }

    @Test
    void oneJobThatFailsAgainAndAgainIsNone() {
        for (int n = 0; n < 100; n++) {
            clock.pass(Duration.ofSeconds(1));
            assertEquals(new Reading(false, Duration.ZERO), watch.failed(TYPE, job(1)));
        }
    }

    @Test
    void aSuccessBetweenThemMeansThereIsNone() {
        fail(1, 9);
        assertEquals(Optional.empty(), watch.succeeded(TYPE));
        assertEquals(Duration.ZERO, fail(10, 18));
        assertTrue(watch.failed(TYPE, job(19)).began());
    }

    @Test
    void failuresOutsideTheWindowDoNotCount() {
        fail(1, 9);
        clock.pass(Duration.ofSeconds(61));
        assertEquals(new Reading(false, Duration.ZERO), watch.failed(TYPE, job(10)));
    }

    @Test
    void theWaitGrowsToWhatTheOutageHasLastedUntilOneSucceeds() {
        fail(1, 10);
        clock.pass(Duration.ofMinutes(7));
        assertEquals(new Reading(false, Duration.ofMinutes(7)), watch.failed(TYPE, job(3)));
        assertEquals(Optional.of(Duration.ofMinutes(7)), watch.succeeded(TYPE));
        assertEquals(Optional.empty(), watch.succeeded(TYPE));
        assertEquals(new Reading(false, Duration.ZERO), watch.failed(TYPE, job(3)));
    }

    @Test
    void anotherTypeIsNotConcerned() {
        fail(1, 10);
        assertEquals(new Reading(false, Duration.ZERO), watch.failed("data.process", job(1)));
        assertEquals(Optional.empty(), watch.succeeded("data.process"));
        assertEquals(SHORTEST, watch.failed(TYPE, job(1)).floor());
    }

    /** Whatever order of failures (job 1 to 15) and successes (0), an outage begins and ends in turn, and has its reasons. */
    @Property
    void anOutageBeginsAfterTenJobsAndEndsWithASuccess(
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 15) Integer> course) {
        MovingClock time = new MovingClock();
        OutageWatch watched = new OutageWatch(time, new OutageWatch.Settings(10, Duration.ofHours(1), SHORTEST));
        Set<Integer> failing = new HashSet<>();
        for (int step : course) {
            time.pass(Duration.ofSeconds(1));
            if (step == 0) {
                assertEquals(failing.size() >= 10, watched.succeeded(TYPE).isPresent());
                failing.clear();
            } else {
                boolean before = failing.size() >= 10;
                failing.add(step);
                Reading reading = watched.failed(TYPE, job(step));
                assertEquals(!before && failing.size() >= 10, reading.began());
                assertEquals(failing.size() >= 10, !reading.floor().isZero());
            }
        }
    }

    private Duration fail(int first, int last) {
        Duration floor = Duration.ZERO;
        for (int n = first; n <= last; n++) {
            floor = watch.failed(TYPE, job(n)).floor();
        }
        return floor;
    }

    private static UUID job(int n) {
        return new UUID(0, n);
    }
}
