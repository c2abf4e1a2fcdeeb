package dev.accepted.e2e.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A process that was done something to.
 *
 * @param process its name in the stack
 * @param from before it was done
 * @param until after it was over: the process had ended, went on, or its successor was ready
 */
public record Hurt(String process, How how, Instant from, Instant until) {

    /** How processes are hurt. */
    public enum How {
        KILLED,
        STOPPED,
        FROZEN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether it is the worker of that name, as events name it. */
    public boolean hit(String worker) {
        return process.equals("worker-" + worker);
    }

    /** Whether leases could not be renewed for that long. */
    public boolean keptFromRenewing(Duration length) {
        return process.equals("postgres") && Duration.between(from, until).compareTo(length) >= 0;
    }

    @Override
    public String toString() {
        return process + " " + how + " at " + from;
    }
}
