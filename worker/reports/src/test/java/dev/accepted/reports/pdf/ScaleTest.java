package dev.accepted.reports.pdf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {

    @Test
    void ticksAreRoundNumbersFromZero() {
        assertEquals(
                List.of(0.0, 200.0, 400.0, 600.0, 800.0, 1000.0),
                Scale.over(List.of(320.0, 990.0)).ticks());
    }

    @Test
    void lossesReachBelowZero() {
        Scale scale = Scale.over(List.of(-30.0, 100.0));

        assertTrue(scale.from() <= -30, scale::toString);
        assertTrue(scale.ticks().contains(0.0), scale::toString);
        assertEquals(0, scale.at(scale.from()));
        assertEquals(1, scale.at(scale.to()));
    }

    @Test
    void nothingButZeroStillHasAnAxis() {
        assertEquals(List.of(0.0, 1.0), Scale.over(List.of(0.0, 0.0)).ticks());
    }
}
