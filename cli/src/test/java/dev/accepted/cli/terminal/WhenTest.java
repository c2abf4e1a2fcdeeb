package dev.accepted.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhenTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "90s, 2026-11-26T12:01:30Z, 2026-11-26T11:58:30Z",
        "+15m, 2026-11-26T12:15:00Z, 2026-11-26T11:45:00Z",
        "2h, 2026-11-26T14:00:00Z, 2026-11-26T10:00:00Z",
        "7d, 2026-12-03T12:00:00Z, 2026-11-19T12:00:00Z"
    })
    void aDistanceIsAheadOrAgo(String text, Instant ahead, Instant ago) {
        assertEquals(ahead, When.of(text, BERLIN).ahead(NOW));
        assertEquals(ago, When.of(text, BERLIN).ago(NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-01T02:30:00+05:00, 2026-06-30T21:30:00Z",
        "2026-07-01T02:30:00Z, 2026-07-01T02:30:00Z",
        "2026-07-01T02:30, 2026-07-01T00:30:00Z",
        "2026-01-01T02:30:15, 2026-01-01T01:30:15Z",
        "2026-07-01, 2026-06-30T22:00:00Z"
    })
    void aTimeIsItselfAndWithoutAnOffsetOfThatZone(String text, Instant meant) {
        assertEquals(meant, When.of(text, BERLIN).ahead(NOW));
        assertEquals(meant, When.of(text, BERLIN).ago(NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "5", "-5m", "5w", "2026-13-01", "2026-07-01 02:30", "9999999999s"})
    void whatIsNoTimeIsNone(String text) {
        assertThrows(DateTimeException.class, () -> When.of(text, BERLIN));
    }

    @Test
    void whatIsShownHasTheOffsetOfThisMachine() {
        String shown = Moments.local("2026-11-26T12:00:00.123Z");
        assertEquals(NOW, java.time.OffsetDateTime.parse(shown).toInstant());
        assertEquals("", Moments.local(""));
    }
}
