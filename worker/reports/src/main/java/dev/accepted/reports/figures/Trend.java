package dev.accepted.reports.figures;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How profit went from month to month.
 *
 * @param best the month with the highest profit; the earliest of equals
 * @param worst the month with the lowest profit; the earliest of equals
 * @param rises how often profit was higher than the month before
 * @param falls how often it was lower
 */
public record Trend(MonthFigures best, MonthFigures worst, int rises, int falls) {

    private static final Comparator<MonthFigures> BY_PROFIT =
            Comparator.comparing(month -> month.amounts().profit());

    /** Whether every month had the same profit. */
    public boolean level() {
        return BY_PROFIT.compare(best, worst) == 0;
    }

    /** Reads it off the months, of which there is at least one. */
    static Trend of(List<MonthFigures> months) {
        MonthFigures best = months.get(0);
        MonthFigures worst = months.get(0);
        for (MonthFigures month : months) {
            best = BY_PROFIT.compare(month, best) > 0 ? month : best;
            worst = BY_PROFIT.compare(month, worst) < 0 ? month : worst;
        }
        return new Trend(best, worst, steps(months, 1), steps(months, -1));
    }

    private static int steps(List<MonthFigures> months, int direction) {
        return (int) months.stream()
                .map(MonthFigures::change)
                .flatMap(Optional::stream)
                .filter(change -> change.profit().signum() == direction)
                .count();
    }
}
