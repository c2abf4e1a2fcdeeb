package dev.accepted.gateway.submission;

import dev.accepted.gateway.catalog.InputError;
import dev.accepted.gateway.problem.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a job starts and when it must have ended.
 *
 * @param scheduled when it starts; null: now
 * @param deadline when it must have ended, if its client said so
 */
public record Times(@Nullable Instant scheduled, @Nullable Instant deadline) {

    private static final Pattern RFC_3339 =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

    /** A job's whole life fits in the retention; a day of it is left for the work and for looking at the result. */
    private static final Duration MARGIN = Duration.ofDays(1);

    /**
     * Reads and checks the times. A time to start that has passed means now.
     *
     * @param startPointer where the time to start stands in the body
     * @throws Problem 422
     */
    static Times of(
            @Nullable String start, String startPointer, @Nullable String end, Instant now, Duration retention) {
        Instant max = now.plus(retention).minus(MARGIN);
        Instant scheduled = start == null ? null : read(start, startPointer);
        if (scheduled != null && scheduled.isAfter(max)) {
            throw Refused.tooFarAhead(startPointer, now, max);
        }
        if (scheduled != null && !scheduled.isAfter(now)) {
            scheduled = null;
        }
        Instant deadline = end == null ? null : read(end, "/deadline");
        if (deadline != null) {
            checkDeadline(deadline, scheduled, now, max);
        }
        return new Times(scheduled, deadline);
    }

    /**
     * Reads the time to which a job's start is moved. One that has passed means now.
     *
     * @param accepted when the job was
     * @param deadline when it must have ended
     * @throws Problem 422
     */
    public static Instant moved(
            String start,
            String pointer,
            Instant accepted,
            @Nullable Instant deadline,
            Instant now,
            Duration retention) {
        Instant max = accepted.plus(retention).minus(MARGIN);
        Instant moved = read(start, pointer);
        if (moved.isAfter(max)) {
            throw Refused.tooFarAhead(pointer, now, max);
        }
        if (deadline != null && !deadline.isAfter(moved)) {
            throw Refused.deadlineUnreachable(now, "The job's deadline lies before the time to start.");
        }
        return (moved.isAfter(now) ? moved : now).truncatedTo(ChronoUnit.MILLIS);
    }

    private static void checkDeadline(Instant deadline, @Nullable Instant scheduled, Instant now, Instant max) {
        if (deadline.isAfter(max)) {
            throw Refused.tooFarAhead("/deadline", now, max);
        }
        if (!deadline.isAfter(now)) {
            throw Refused.deadlineUnreachable(now, "The deadline has passed.");
        }
        if (scheduled != null && !deadline.isAfter(scheduled)) {
            throw Refused.deadlineUnreachable(now, "The deadline lies before the time to start.");
        }
    }

    private static Instant read(String text, String pointer) {
        if (RFC_3339.matcher(text).matches()) {
            try {
                return OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
            } catch (DateTimeException e) {
                throw notATime(pointer);
            }
        }
        throw notATime(pointer);
    }

    private static Problem notATime(String pointer) {
        return Refused.invalid(List.of(
                new InputError(pointer, "must be a time with its offset, as in 2026-11-23T20:00:00Z", "format")));
    }
}
