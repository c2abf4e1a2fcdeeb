package dev.accepted.gateway.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsTest {

    @ParameterizedTest
    @CsvSource({"1, 0, 1", "2, 0, 1", "3, 1, 1", "4, 1, 2", "12, 1, 6", "48, 1, 24"})
    void aTopicOfAnySizeIsDivided(int partitions, int reserve, int width) {
        Terms terms = new Terms(1, 0.5);
        assertEquals(reserve, terms.reserveOf(partitions));
        assertEquals(width, terms.widthOf(partitions));
    }

    @Test
    void theReserveIsNeverMoreThanAThird() {
        assertEquals(4, new Terms(100, 1).reserveOf(12));
        assertEquals(8, new Terms(100, 1).widthOf(12));
    }

    @Test
    void withoutAReserveEverythingIsShared() {
        assertEquals(0, new Terms(0, 1).reserveOf(12));
        assertEquals(12, new Terms(0, 1).widthOf(12));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0.5, reserve", "1, 0, width", "1, -0.1, width", "1, 1.01, width", "1, NaN, width"})
    void whatMakesNoSenseStopsTheStart(int reserve, double width, String named) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new Terms(reserve, width));
        assertTrue(String.valueOf(refusal.getMessage()).contains("accepted.fairness." + named), refusal.getMessage());
    }
}
