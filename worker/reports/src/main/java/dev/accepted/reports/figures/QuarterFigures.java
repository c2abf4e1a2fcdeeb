package dev.accepted.reports.figures;

import dev.accepted.reports.ledger.Amounts;
import java.util.Optional;

/**
 * One quarter of the year.
 *
 * @param quarter 1 to 4
 * @param covered for how many of its three months the ledger has entries
 * @param change since the quarter before; absent unless the ledger covers both wholly: a part compares with nothing
 */
public record QuarterFigures(int quarter, int covered, Amounts amounts, Optional<Change> change) {

    static final int MONTHS = 3;

    /** {@code Q1} to {@code Q4}. */
    public String name() {
        return "Q" + quarter;
    }

    /** Whether the ledger covers all of it. */
    public boolean whole() {
        return covered == MONTHS;
    }
}
