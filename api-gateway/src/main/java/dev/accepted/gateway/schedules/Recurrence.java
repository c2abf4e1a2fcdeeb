package dev.accepted.gateway.schedules;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.accepted.gateway.catalog.InputError;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The times that a cron expression means in a zone. */
final class Recurrence {

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final ExecutionTime times;
    private final ZoneId zone;

    private Recurrence(ExecutionTime times, ZoneId zone) {
        this.times = times;
        this.zone = zone;
    }

    /** @throws IllegalArgumentException for what {@link #errorsOf} finds fault with */
    static Recurrence of(String cron, String zone) {
        if (!isKnown(zone)) {
            throw new IllegalArgumentException(zone + " is no time zone of IANA's");
        }
        return new Recurrence(ExecutionTime.forCron(PARSER.parse(cron)), ZoneId.of(zone));
    }

    /** What is wrong with a cron expression and its zone; those that are missing are none of its business. */
    static List<InputError> errorsOf(@Nullable String cron, @Nullable String zone, Instant now) {
        List<InputError> errors = new ArrayList<>();
        if (zone != null && !isKnown(zone)) {
            errors.add(new InputError("/zone", "must be a time zone of IANA's, as Europe/Berlin is", "format"));
        }
        if (cron != null) {
            try {
                if (of(cron, "UTC").after(now).isEmpty()) {
                    errors.add(new InputError("/cron", "means no time that ever comes", "format"));
                }
            } catch (IllegalArgumentException e) {
                errors.add(new InputError(
                        "/cron", "must be a cron expression of five fields: " + e.getMessage(), "format"));
            }
        }
        return errors;
    }

    private static boolean isKnown(String zone) {
        return ZoneId.getAvailableZoneIds().contains(zone);
    }

    /** The first time after another; empty if there is none. */
    Optional<Instant> after(Instant time) {
        return times.nextExecution(ZonedDateTime.ofInstant(time, zone)).map(ZonedDateTime::toInstant);
    }

    /** The last time that is not after another. */
    Optional<Instant> upTo(Instant time) {
        return times.lastExecution(ZonedDateTime.ofInstant(time.plusMillis(1), zone))
                .map(ZonedDateTime::toInstant);
    }
}
