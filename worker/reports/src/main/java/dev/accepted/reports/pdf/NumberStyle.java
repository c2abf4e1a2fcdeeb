package dev.accepted.reports.pdf;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Numbers as the report writes them: thousands separated, a real minus sign. For one thread at a time. */
final class NumberStyle {

    /** What stands where there is no number. */
    static final String NONE = "–";

    private static final char MINUS = '\u2212';
    private static final List<Unit> UNITS = List.of(
            new Unit(1e12, " tn"), new Unit(1e9, " bn"), new Unit(1e6, " M"), new Unit(1e3, " k"), new Unit(1, ""));

    private final DecimalFormat exact = format("#,##0.00");
    private final DecimalFormat whole = format("#,##0");
    private final DecimalFormat tenth = format("#,##0.0");
    private final DecimalFormat tick = format("#,##0.###");

    /** Two decimals, for tables. */
    String money(BigDecimal amount) {
        return exact.format(amount.setScale(2, RoundingMode.HALF_UP));
    }

    /** No decimals, for sentences and charts. */
    String rounded(BigDecimal amount) {
        return whole.format(amount.setScale(0, RoundingMode.HALF_UP));
    }

    String percent(Optional<BigDecimal> percent) {
        return percent.map(value -> tenth.format(value) + "%").orElse(NONE);
    }

    /** With a plus sign for growth. */
    String growth(Optional<BigDecimal> percent) {
        return percent.filter(value -> value.signum() > 0)
                .map(value -> "+" + tenth.format(value) + "%")
                .orElseGet(() -> percent(percent));
    }

    /** With a plus sign for a rise, two decimals. */
    String difference(BigDecimal amount) {
        return (amount.signum() > 0 ? "+" : "") + money(amount);
    }

    /** An axis label, for example {@code 1.5 M}; the axis' largest value decides about the unit. */
    String onAxis(double value, double largest) {
        Unit unit = UNITS.stream()
                .filter(candidate -> largest >= candidate.size())
                .findFirst()
                .orElse(UNITS.get(UNITS.size() - 1));
        return value == 0 ? "0" : tick.format(value / unit.size()) + unit.sign();
    }

    private static DecimalFormat format(String pattern) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
        symbols.setMinusSign(MINUS);
        DecimalFormat format = new DecimalFormat(pattern, symbols);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format;
    }

    private record Unit(double size, String sign) {}
}
