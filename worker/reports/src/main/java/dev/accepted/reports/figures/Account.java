package dev.accepted.reports.figures;

import dev.accepted.reports.ledger.Amounts;
import java.time.Month;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;

/**
 * The figures of one department, or of all together.
 *
 * @param name the department as the ledger writes it
 * @param sum over the report's months
 * @param months the report's months that the ledger covers, in order
 * @param quarters the quarters to compare that the ledger covers, if only in part, in order; a quarterly report's has the
 *     one before it too
 */
public record Account(String name, Amounts sum, List<MonthFigures> months, List<QuarterFigures> quarters) {

    /**
     * Computes them.
     *
     * @param covered the months that the ledger has entries for
     * @param booked what was booked in a month
     */
    static Account of(String name, ReportPeriod period, SortedSet<Month> covered, Function<Month, Amounts> booked) {
        Map<Month, Amounts> book = new EnumMap<>(Month.class);
        covered.forEach(month -> book.put(month, booked.apply(month)));
        List<MonthFigures> months = months(period, book);
        Amounts sum = months.stream().map(MonthFigures::amounts).reduce(Amounts.ZERO, Amounts::plus);
        return new Account(name, sum, months, quarters(period, book));
    }

    private static List<MonthFigures> months(ReportPeriod period, Map<Month, Amounts> book) {
        List<MonthFigures> months = new ArrayList<>();
        for (Month month : period.months()) {
            Amounts amounts = book.get(month);
            if (amounts != null) {
                Amounts before = month == Month.JANUARY ? null : book.get(month.minus(1));
                Optional<Change> change = Optional.ofNullable(before).map(b -> Change.between(b, amounts));
                months.add(new MonthFigures(month, amounts, change));
            }
        }
        return List.copyOf(months);
    }

    private static List<QuarterFigures> quarters(ReportPeriod period, Map<Month, Amounts> book) {
        List<QuarterFigures> quarters = new ArrayList<>();
        for (int quarter : period.comparedQuarters()) {
            List<Amounts> amounts = quarter(quarter, book);
            if (!amounts.isEmpty()) {
                quarters.add(new QuarterFigures(
                        quarter, amounts.size(), sum(amounts), change(quarter(quarter - 1, book), amounts)));
            }
        }
        return List.copyOf(quarters);
    }

    private static Optional<Change> change(List<Amounts> before, List<Amounts> now) {
        boolean comparable = before.size() == QuarterFigures.MONTHS && now.size() == QuarterFigures.MONTHS;
        return comparable ? Optional.of(Change.between(sum(before), sum(now))) : Optional.empty();
    }

    private static List<Amounts> quarter(int quarter, Map<Month, Amounts> book) {
        return book.entrySet().stream()
                .filter(entry -> ReportPeriod.quarterOf(entry.getKey()) == quarter)
                .map(Map.Entry::getValue)
                .toList();
    }

    private static Amounts sum(List<Amounts> amounts) {
        return amounts.stream().reduce(Amounts.ZERO, Amounts::plus);
    }
}
