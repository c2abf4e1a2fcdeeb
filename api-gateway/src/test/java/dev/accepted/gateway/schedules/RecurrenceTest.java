package dev.accepted.gateway.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.accepted.gateway.catalog.InputError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {

    private static final Instant NOW = Instant.parse("2026-11-23T20:00:00Z");

    private static List<String> next(String cron, String zone, String from, int number) {
        Recurrence times = Recurrence.of(cron, zone);
        List<String> found = new ArrayList<>();
        Instant at = Instant.parse(from);
        for (int n = 0; n < number; n++) {
            at = times.after(at).orElseThrow();
            found.add(at.toString());
        }
        return found;
    }

    @Test
    void aTimeOfTheDayIsMeantInItsZone() {
        assertEquals(
                List.of("2026-11-24T06:30:00Z", "2026-11-25T06:30:00Z"),
                next("30 7 * * *", "Europe/Berlin", "2026-11-23T20:00:00Z", 2));
        assertEquals(List.of("2026-11-24T07:30:00Z"), next("30 7 * * *", "UTC", "2026-11-23T20:00:00Z", 1));
    }

    @Test
    void theNextTimeIsNeverTheSameAgain() {
        assertEquals(
                List.of("2026-11-23T20:05:00Z", "2026-11-23T20:10:00Z"),
                next("*/5 * * * *", "UTC", "2026-11-23T20:00:00Z", 2));
        assertEquals(List.of("2026-11-23T20:05:00Z"), next("*/5 * * * *", "UTC", "2026-11-23T20:04:59.999Z", 1));
    }

    @Test
    void theLastTimeIsNowIfThatIsOne() {
        Recurrence times = Recurrence.of("*/5 * * * *", "UTC");
        assertEquals(Optional.of(NOW), times.upTo(NOW));
        assertEquals(Optional.of(NOW), times.upTo(NOW.plusSeconds(299)));
        assertEquals(Optional.of(NOW.minusSeconds(300)), times.upTo(NOW.minusMillis(1)));
    }

    @Test
    void aTimeInSpringsGapDoesNotComeThatDay() {
        // On 29 March 2026 there is no 2:30 in Berlin: 2:00 is 3:00.
        assertEquals(
                List.of("2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z"),
                next("30 2 * * *", "Europe/Berlin", "2026-03-27T12:00:00Z", 3));
    }

    @Test
    void aTimeInAutumnsOverlapComesOnce() {
        // On 25 October 2026 there are two 2:30 in Berlin, at 0:30 and at 1:30 UTC.
        assertEquals(
                List.of("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"),
                next("30 2 * * *", "Europe/Berlin", "2026-10-23T12:00:00Z", 3));
    }

    @Test
    void whatComesEveryHalfHourComesSoThroughBoth() {
        assertEquals(
                List.of("2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z"),
                next("*/30 * * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", 3));
        assertEquals(
                List.of("2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z"),
                next("*/30 * * * *", "Europe/Berlin", "2026-10-25T00:00:00Z", 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "@daily", "whenever", "* * 0 * *"})
    void whatIsNoCronExpressionSaysSo(String cron) {
        List<InputError> errors = Recurrence.errorsOf(cron, "UTC", NOW);
        assertEquals(List.of("/cron"), errors.stream().map(InputError::pointer).toList());
        assertThrows(IllegalArgumentException.class, () -> Recurrence.of(cron, "UTC"));
    }

    @Test
    void whatNeverComesIsRefused() {
        assertEquals(1, Recurrence.errorsOf("0 0 30 2 *", "UTC", NOW).size());
        assertEquals(List.of(), Recurrence.errorsOf("0 0 29 2 *", "UTC", NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mars/Olympus", "berlin", "+01:00", ""})
    void aZoneMustBeOfIana(String zone) {
        List<InputError> errors = Recurrence.errorsOf("* * * * *", zone, NOW);
        assertEquals(List.of("/zone"), errors.stream().map(InputError::pointer).toList());
    }
}
