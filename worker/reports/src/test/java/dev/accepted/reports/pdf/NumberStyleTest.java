package dev.accepted.reports.pdf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NumberStyleTest {

    private final NumberStyle numbers = new NumberStyle();

    @Test
    void thousandsAreSeparatedAndHalfCentsRoundedUp() {
        assertEquals("1,234,567.13", numbers.money(new BigDecimal("1234567.125")));
        assertEquals("−1,000.00", numbers.money(new BigDecimal("-1000")));
    }

    @Test
    void lessThanHalfACentIsNotMinusZero() {
        assertEquals("0.00", numbers.money(new BigDecimal("-0.004")));
    }

    @Test
    void growthHasItsSign() {
        assertEquals("+3.0%", numbers.growth(Optional.of(new BigDecimal("3.0"))));
        assertEquals("−3.0%", numbers.growth(Optional.of(new BigDecimal("-3.0"))));
        assertEquals("0.0%", numbers.growth(Optional.of(new BigDecimal("0.0"))));
        assertEquals("–", numbers.growth(Optional.empty()));
    }

    @Test
    void anAxisHasOneUnit() {
        assertEquals("0.5 M", numbers.onAxis(500_000, 2_000_000));
        assertEquals("2 M", numbers.onAxis(2_000_000, 2_000_000));
        assertEquals("−250 k", numbers.onAxis(-250_000, 750_000));
        assertEquals("0", numbers.onAxis(0, 750_000));
    }
}
