package dev.accepted.cli.terminal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A time as people type it: {@code 2026-11-27T02:30:00+01:00}, {@code 2026-11-27T02:30} or {@code 2026-11-27} in the zone
 * of this machine, or {@code 90s}, {@code 15m}, {@code 2h}, {@code 7d} from now or before it.
 */
public final class When {

    /** What a help text says of it. */
    public static final String FORMS =
            "RFC 3339, a time or day of this machine's zone, or a distance such as 15m, 2h, 7d";

    private static final Pattern DISTANCE = Pattern.compile("\\+?(\\d{1,9})([smhd])");

    private final @Nullable Instant instant;
    private final Duration distance;

    private When(@Nullable Instant instant, Duration distance) {
        this.instant = instant;
        this.distance = distance;
    }

    /**
     * Reads one.
     *
     * @throws DateTimeException when it is none
     */
    public static When of(String text, ZoneId zone) {
        Matcher parts = DISTANCE.matcher(text);
        if (parts.matches()) {
            return new When(null, Duration.ofSeconds(Long.parseLong(parts.group(1)) * seconds(parts.group(2))));
        }
        return new When(instant(text, zone), Duration.ZERO);
    }

    /** The moment that is meant; a distance is one into the future. */
    public Instant ahead(Instant now) {
        return instant == null ? now.plus(distance) : instant;
    }

    /** The moment that is meant; a distance is one into the past. */
    public Instant ago(Instant now) {
        return instant == null ? now.minus(distance) : instant;
    }

    private static Instant instant(String text, ZoneId zone) {
        if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        }
        boolean hasOffset = text.matches(".*(?:[Zz]|[+-]\\d\\d:?\\d\\d)");
        return hasOffset
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).atZone(zone).toInstant();
    }

    private static long seconds(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3_600;
            default -> 86_400;
        };
    }

    /** Reads the value of an option. */
    public static final class Reader implements ITypeConverter<When> {
        @Override
        public When convert(String text) {
            try {
                return When.of(text, ZoneId.systemDefault());
            } catch (DateTimeException e) {
                throw new TypeConversionException("'" + text + "' is no time (" + FORMS + ")");
            }
        }
    }
}
