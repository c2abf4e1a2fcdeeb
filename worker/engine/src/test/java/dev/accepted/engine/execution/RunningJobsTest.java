package dev.accepted.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.store.lease.LeaseTable.Holder;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunningJobsTest {

    private static final Duration MEMORY = Duration.ofMinutes(1);

    private final RunningJobs running = new RunningJobs(new Holder(new UUID(1, 1), "probe-1", "probe", 2), MEMORY);
    private final RunningJob one = Attempts.running(1, Duration.ofHours(1), null);
    private final RunningJob two = Attempts.running(2, Duration.ofHours(1), null);

    @Test
    void aSlotIsTakenUntilTheAttemptIsOver() throws Exception {
        begin(one);
        assertTrue(isFree(1));
        assertFalse(isFree(2));
        running.left(one);
        assertFalse(isFree(2), "its outcome is not told yet");
        running.remove(one);
        assertTrue(isFree(2));
        assertEquals(0, running.leaked());
    }

    @Test
    void aThreadThatOutlivesItsAttemptKeepsTheSlotUntilItEnds() throws Exception {
        begin(one);
        begin(two);
        running.remove(one);
        assertEquals(1, running.leaked());
        assertFalse(isFree(1));
        running.left(two);
        running.remove(two);
        assertTrue(isFree(1));
        assertFalse(isFree(2));
        assertTrue(running.awaitIdle(Duration.ZERO), "nothing is held any more");
        running.left(one);
        assertEquals(0, running.leaked());
        assertTrue(isFree(2));
    }

    @Test
    void anAttemptThatIsNotRunTakesNoThread() throws Exception {
        running.add(one);
        assertFalse(isFree(2));
        running.remove(one);
        running.remove(one);
        assertTrue(isFree(2));
        assertEquals(0, running.leaked());
    }

    @Test
    void anAttemptIsKnownWhileItIsHeldAndForAWhileAfter() {
        assertFalse(running.heardOf(one.held()));
        begin(one);
        assertTrue(running.heardOf(one.held()));
        running.left(one);
        running.remove(one);
        assertTrue(running.heardOf(one.held()));
        assertFalse(running.heardOf(two.held()));
    }

    @Test
    void whatIsOlderThanTheMemoryIsForgotten() {
        RunningJobs forgetful = new RunningJobs(new Holder(new UUID(1, 1), "probe-1", "probe", 2), Duration.ZERO);
        forgetful.add(one);
        forgetful.remove(one);
        assertFalse(forgetful.heardOf(one.held()));
    }

    private void begin(RunningJob job) {
        running.add(job);
        running.entered(job);
    }

    private boolean isFree(int wanted) throws InterruptedException {
        return running.awaitFree(wanted, Duration.ZERO);
    }
}
