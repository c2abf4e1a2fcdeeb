package dev.accepted.store.replay;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One replay.
 *
 * @param plan how it goes about it
 * @param actor who asked for it
 * @param matched how many jobs its selection found when it was asked for
 * @param leftOut how many of them it does not take
 * @param lastJob those up to here were looked at, in the order of ids
 * @param exhausted whether nothing is left to be looked at
 */
public record Replay(
        UUID id,
        Mode mode,
        Selection selection,
        Plan plan,
        String actor,
        String reason,
        State state,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant finishedAt,
        long matched,
        long leftOut,
        UUID lastJob,
        boolean exhausted,
        @Nullable Instant canaryPassedAt,
        @Nullable String stoppedBecause) {

    /**
     * How a replay goes about it.
     *
     * @param canary so many are sent first, and the others only if those do well; null for none
     * @param rate the most that are sent in a second; null for no limit
     * @param stopAt share of those that ended, from 0 to 1, which stops it when so many or more did not succeed; null for never
     * @param mostPerJob a job that replays have taken so often is left out
     */
    public record Plan(
            @Nullable Integer canary,
            @Nullable Double rate,
            @Nullable Double stopAt,
            int mostPerJob) {}

    /** Where a replay is. */
    public enum State {
        RUNNING,
        /** An operator had it pause. */
        PAUSED,
        SUCCEEDED,
        /** It stopped by itself, because too many of its jobs did not succeed. */
        STOPPED,
        /** An operator ended it. */
        ABORTED;

        /** As the interface and the table say it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean ended() {
            return this != RUNNING && this != PAUSED;
        }

        static State ofWord(String word) {
            return Arrays.stream(values())
                    .filter(state -> state.word().equals(word))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Whether the jobs that it sends now are its canary. */
    public boolean isAtCanary() {
        return plan.canary() != null && canaryPassedAt == null;
    }
}
