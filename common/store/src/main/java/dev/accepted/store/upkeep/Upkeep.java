package dev.accepted.store.upkeep;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A verification or a rebuild.
 *
 * @param stage what it is at, or was at last
 * @param progress how much of the log it has read
 * @param result JSON; null as long as there is none
 * @param actor the subject of the operator who began it
 * @param heartbeat when it was heard of last
 * @param finished null as long as it runs
 * @param abortedBy the operator who wants it to end
 */
public record Upkeep(
        UUID id,
        Kind kind,
        Status status,
        String stage,
        Progress progress,
        @Nullable String result,
        String actor,
        @Nullable String reason,
        String gateway,
        Instant created,
        Instant heartbeat,
        @Nullable Instant finished,
        @Nullable String abortedBy) {

    /** What is done. */
    public enum Kind {
        /** The table is compared with the log. */
        VERIFICATION,
        /** The table is made anew. */
        REBUILD;

        /** As the table and the interface say it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How it stands. */
    public enum Status {
        RUNNING,
        SUCCEEDED,
        /** The table is not what the log says. */
        DIFFERS,
        FAILED,
        ABORTED;

        /** As the table and the interface say it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How much of the log was read.
     *
     * @param rate records a second
     */
    public record Progress(long read, long total, double rate) {

        public static final Progress NONE = new Progress(0, 0, 0);
    }
}
