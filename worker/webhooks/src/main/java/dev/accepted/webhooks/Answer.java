package dev.accepted.webhooks;

import dev.accepted.engine.PermanentFailure;
import dev.accepted.engine.TryAgainLater;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver answered.
 *
 * @param retryAfter as it was sent
 */
record Answer(int status, @Nullable String retryAfter) {

    private static final int GONE = 410;

    /**
     * Returns if the message was taken.
     *
     * @throws PermanentFailure if the receiver wants none any more
     * @throws TryAgainLater if it did not take it this time
     */
    void judge(Instant now) {
        if (status / 100 == 2) {
            return;
        }
        if (status == GONE) {
            throw new PermanentFailure("The receiver answered 410: it wants no further messages.");
        }
        String what = status / 100 == 3
                ? "The receiver answered " + status + "; redirects are not followed."
                : "The receiver answered " + status + ".";
        throw new TryAgainLater(what, delay(now));
    }

    private Duration delay(Instant now) {
        if (retryAfter == null) {
            return Duration.ZERO;
        }
        String text = retryAfter.strip();
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
                    .toInstant();
            return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
