package dev.accepted.reports.figures;

import dev.accepted.reports.ledger.Amounts;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The step from one month or quarter to the next.
 *
 * @param profit by how much profit rose; negative: fell
 * @param revenuePercent by how much revenue grew, in percent to one decimal; absent if there was none before
 */
public record Change(BigDecimal profit, Optional<BigDecimal> revenuePercent) {

    static Change between(Amounts earlier, Amounts later) {
        return new Change(later.profit().subtract(earlier.profit()), later.revenueGrowthSince(earlier));
    }
}
