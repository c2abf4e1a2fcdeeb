package dev.accepted.contract.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HorizonTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final IdSeal seal = new IdSeal(List.of(new byte[32]));
    private final Horizon horizon = new Horizon(Duration.ofDays(30));

    private JobId acceptedAt(Instant time) {
        return seal.seal("job", UuidV7.of(time, new byte[16]), "acme");
    }

    @Test
    void aJobIsKeptToTheMillisecond() {
        Instant oldest = NOW.minus(Duration.ofDays(30));
        assertFalse(horizon.hasPassed(acceptedAt(oldest), NOW));
        assertTrue(horizon.hasPassed(acceptedAt(oldest.minusMillis(1)), NOW));
    }

    @Test
    void theLowestIdThatIsKeptIsBelowAllThatAre() {
        Instant oldest = NOW.minus(Duration.ofDays(30));
        assertTrue(horizon.lowest(NOW).compareTo(acceptedAt(oldest).uuid()) < 0);
        assertTrue(
                horizon.lowest(NOW).compareTo(acceptedAt(oldest.minusMillis(1)).uuid()) > 0);
        assertEquals(oldest, horizon.at(NOW));
    }
}
