package dev.accepted.e2e.load;

import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Status;
import org.jspecify.annotations.Nullable;

/** What a probe is told to do, and how it may end. */
public sealed interface Kind {

    String type();

    /** JSON. */
    String input();

    /** Whether a job of this kind that nobody cancelled may have ended so. */
    boolean mayEnd(JobState ended, int mostAttempts);

    /** Does nothing. */
    record Noop() implements Kind {
        @Override
        public String type() {
            return "probe.noop";
        }

        @Override
        public String input() {
            return "{}";
        }

        @Override
        public boolean mayEnd(JobState ended, int mostAttempts) {
            return ended.status() == Status.SUCCEEDED;
        }
    }

    /** Holds its slot for a while. */
    record Sleep(long millis) implements Kind {
        @Override
        public String type() {
            return "probe.sleep";
        }

        @Override
        public String input() {
            return "{\"millis\":" + millis + "}";
        }

        @Override
        public boolean mayEnd(JobState ended, int mostAttempts) {
            return ended.status() == Status.SUCCEEDED;
        }
    }

    /**
     * Fails.
     *
     * @param times the last attempt that does; null: all
     * @param permanent whether it says that another attempt would not help
     */
    record Fail(@Nullable Integer times, boolean permanent) implements Kind {
        @Override
        public String type() {
            return "probe.fail";
        }

        @Override
        public String input() {
            return times == null
                    ? "{\"permanent\":" + permanent + "}"
                    : "{\"times\":" + times + ",\"permanent\":" + permanent + "}";
        }

        @Override
        public boolean mayEnd(JobState ended, int mostAttempts) {
            if (ended.status() == Status.SUCCEEDED) {
                return times != null && ended.phase().attempt() > times;
            }
            int enough = permanent ? 1 : mostAttempts;
            return ended.status() == Status.FAILED && ended.work().failures() == enough;
        }
    }
}
