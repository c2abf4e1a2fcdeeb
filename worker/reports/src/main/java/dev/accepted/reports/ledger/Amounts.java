package dev.accepted.reports.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** What came in and what went out, exact, in the ledger's own currency. Either may be negative (credit notes). */
public record Amounts(BigDecimal revenue, BigDecimal expense) {

    public static final Amounts ZERO = new Amounts(BigDecimal.ZERO, BigDecimal.ZERO);

    public Amounts plus(Amounts other) {
        return new Amounts(revenue.add(other.revenue), expense.add(other.expense));
    }

    public BigDecimal profit() {
        return revenue.subtract(expense);
    }

    /** Profit as a percentage of revenue, to one decimal; absent without revenue. */
    public Optional<BigDecimal> margin() {
        return percent(profit(), revenue);
    }

    /** Revenue as a percentage of the whole's, to one decimal; absent if the whole has none. */
    public Optional<BigDecimal> revenueShareOf(Amounts whole) {
        return percent(revenue, whole.revenue);
    }

    /** How much revenue grew since then, in percent to one decimal; absent if there was none. */
    public Optional<BigDecimal> revenueGrowthSince(Amounts earlier) {
        return percent(revenue.subtract(earlier.revenue), earlier.revenue);
    }

    /** Expense as a percentage of revenue, to one decimal; absent without revenue. */
    public Optional<BigDecimal> expenseRatio() {
        return percent(expense, revenue);
    }

    /** A percentage of nothing, or of less than nothing, says nothing: absent. */
    private static Optional<BigDecimal> percent(BigDecimal part, BigDecimal whole) {
        return whole.signum() <= 0
                ? Optional.empty()
                : Optional.of(part.movePointRight(2).divide(whole, 1, RoundingMode.HALF_UP));
    }
}
