package dev.accepted.cli.terminal;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Times of the wire, as people read them: in the zone of this machine, with the offset. */
public final class Moments {

    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    private Moments() {}

    /** {@code 2026-11-26T15:25:09+01:00}; what is no time is shown as it is. */
    public static String local(String rfc3339) {
        try {
            return OffsetDateTime.parse(rfc3339)
                    .atZoneSameInstant(ZoneId.systemDefault())
                    .format(SHOWN);
        } catch (DateTimeException noTime) {
            return rfc3339;
        }
    }
}
