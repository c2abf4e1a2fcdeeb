package dev.accepted.store.replay;

/**
 * What became of the jobs that a replay took.
 *
 * @param taken all of them
 * @param sent those that were sent
 * @param succeeded with that, of the sent
 * @param failed that ended without success
 */
public record Tally(long taken, long sent, long succeeded, long failed) {

    /** Sent and not ended. */
    public long running() {
        return sent - succeeded - failed;
    }

    /** The share of failures among those that ended, from 0 to 1. */
    public double failureRate() {
        long ended = succeeded + failed;
        return ended == 0 ? 0 : (double) failed / ended;
    }
}
