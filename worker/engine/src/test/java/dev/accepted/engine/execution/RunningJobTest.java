package dev.accepted.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class RunningJobTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(2);

    @Test
    void pastItsTimeoutItIsToldToStopAndPastTheGraceItIsGivenUp() {
        RunningJob job = Attempts.running(1, TIMEOUT, null);
        assertFalse(outstays(job, 10_000));
        assertFalse(job.cancelled());
        assertFalse(outstays(job, 10_001));
        assertEquals(RunningJob.Stop.TIMED_OUT, job.stopped());
        assertTrue(job.cancelled());
        assertFalse(outstays(job, 12_001));
        assertTrue(outstays(job, 12_002));
    }

    @Test
    void aDeadlineStopsItBeforeItsTimeout() {
        RunningJob job = Attempts.running(1, TIMEOUT, Attempts.BEGIN.plusSeconds(5));
        assertFalse(outstays(job, 4_999));
        assertFalse(job.cancelled());
        assertFalse(outstays(job, 5_000));
        assertEquals(RunningJob.Stop.DEADLINE, job.stopped());
        assertTrue(outstays(job, 7_001));
    }

    @Test
    void aCancelThatItDoesNotHearIsBoundedByItsTimeout() {
        RunningJob job = Attempts.running(1, TIMEOUT, null);
        job.stop(RunningJob.Stop.CANCELLED);
        assertFalse(outstays(job, 9_999));
        assertFalse(outstays(job, 10_001));
        assertTrue(outstays(job, 12_002));
        assertEquals(RunningJob.Stop.CANCELLED, job.stopped());
    }

    @Test
    void whatHasEndedIsNotGivenUp() {
        RunningJob job = Attempts.running(1, TIMEOUT, null);
        assertFalse(outstays(job, 10_001));
        assertTrue(job.end());
        assertFalse(outstays(job, 60_000));
    }

    @Test
    void aStopInterruptsTheThreadEvenIfItComesFirst() {
        RunningJob job = Attempts.running(1, TIMEOUT, null);
        job.stop(RunningJob.Stop.CANCELLED);
        assertFalse(Thread.currentThread().isInterrupted());
        job.runsOn(Thread.currentThread());
        assertTrue(Thread.interrupted());
        job.leavesThread();
        job.stop(RunningJob.Stop.CANCELLED);
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void anAttemptThatIsOverKeepsNoCheckpoint() {
        RunningJob job = Attempts.running(1, TIMEOUT, null);
        job.checkpoint("kept");
        assertTrue(job.end());
        assertThrows(CancellationException.class, () -> job.checkpoint("too late"));
    }

    @Test
    void aLeaseThatIsLostIsRememberedWhateverStoppedItFirst() {
        RunningJob job = Attempts.running(1, TIMEOUT, null);
        job.stop(RunningJob.Stop.TIMED_OUT);
        assertFalse(job.lost());
        job.stop(RunningJob.Stop.LEASE_LOST);
        assertTrue(job.lost());
        assertEquals(RunningJob.Stop.TIMED_OUT, job.stopped());
    }

    private static boolean outstays(RunningJob job, long millis) {
        return job.outstays(
                Attempts.BEGIN.plusMillis(millis), Duration.ofMillis(millis).toNanos(), GRACE);
    }
}
