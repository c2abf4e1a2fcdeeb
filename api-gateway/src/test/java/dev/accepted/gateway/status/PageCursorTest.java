package dev.accepted.gateway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.accepted.gateway.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCursorTest {

    private static final byte[] OLD = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEW = "fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
    private static final UUID LAST = new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0001L);

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final PageCursor cursors = at(NOW, OLD);

    private static PageCursor at(Instant now, byte[]... keys) {
        return new PageCursor(List.of(keys), Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void aCursorReadsForTheSameFilters() {
        assertEquals(LAST, cursors.read(cursors.after(LAST, "acme failed"), "acme failed"));
    }

    @Test
    void aCursorOfOtherFiltersIsRefused() {
        String cursor = cursors.after(LAST, "acme failed");

        Problem problem = assertThrows(Problem.class, () -> cursors.read(cursor, "acme queued"));
        assertEquals("invalid-cursor", problem.slug());
        assertEquals(400, problem.status());
    }

    @Test
    void eachChangedCharacterIsNoticed() {
        String cursor = cursors.after(LAST, "");
        for (int i = 0; i < cursor.length() - 1; i++) {
            String other = cursor.substring(0, i) + (cursor.charAt(i) == 'A' ? 'B' : 'A') + cursor.substring(i + 1);
            assertThrows(Problem.class, () -> cursors.read(other, ""), other);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%%%", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoCursorIsRefused(String text) {
        assertThrows(Problem.class, () -> cursors.read(text, ""));
    }

    @Test
    void aRetiredKeyStillReads() {
        String cursor = cursors.after(LAST, "");

        assertEquals(LAST, at(NOW, NEW, OLD).read(cursor, ""));
        assertThrows(Problem.class, () -> at(NOW, NEW).read(cursor, ""));
    }

    @Test
    void aCursorIsGoodForADayAndNotForLonger() {
        String cursor = cursors.after(LAST, "");
        Instant end = NOW.plus(PageCursor.LIFETIME);

        assertEquals(LAST, at(end, OLD).read(cursor, ""));
        Problem problem =
                assertThrows(Problem.class, () -> at(end.plusSeconds(1), OLD).read(cursor, ""));
        assertEquals("invalid-cursor", problem.slug());
        assertEquals(400, problem.status());
    }

    @Test
    void aCursorOutlivesTheEndOfTheSecondsOf32Bits() {
        Instant before = Instant.parse("2038-01-19T03:14:07Z");
        String cursor = at(before, OLD).after(LAST, "");

        assertEquals(LAST, at(before.plusSeconds(60), OLD).read(cursor, ""));
        Instant muchLater = before.plus(PageCursor.LIFETIME).plusSeconds(60);
        assertThrows(Problem.class, () -> at(muchLater, OLD).read(cursor, ""));
    }
}
