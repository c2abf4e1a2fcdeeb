package dev.accepted.reports.pdf;

import dev.accepted.reports.figures.Account;
import dev.accepted.reports.figures.FinancialReport;
import dev.accepted.reports.figures.Listing;
import dev.accepted.reports.figures.MonthFigures;
import dev.accepted.reports.figures.QuarterFigures;
import dev.accepted.reports.figures.Trend;
import dev.accepted.reports.ledger.Amounts;
import java.math.BigDecimal;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report's findings in words. */
record Sentences(FinancialReport report, NumberStyle numbers) {

    private static final int DEPARTMENTS_NAMED = 24;

    /** One thing that stands out. */
    record Finding(String about, String text) {}

    /** Whom it is about. */
    String departments() {
        List<String> names = report.departments().stream().map(Account::name).toList();
        String word = names.size() == 1 ? "Department: " : names.size() + " departments: ";
        return word + Listing.of(names, DEPARTMENTS_NAMED) + ". Amounts are in the currency of the ledger.";
    }

    /** What stands out, the most important first. */
    List<Finding> findings() {
        List<Finding> found = new ArrayList<>();
        report.best().ifPresent(best -> found.add(new Finding("Best department", earned(best))));
        report.worst().ifPresent(worst -> found.add(new Finding("Weakest department", earned(worst))));
        if (!report.trend().level()) {
            found.add(new Finding("Best month", earned(report.trend().best())));
            found.add(new Finding("Weakest month", earned(report.trend().worst())));
            found.add(new Finding("Month on month", steps(report.trend())));
        }
        List<QuarterFigures> quarters =
                report.total().quarters().stream().filter(QuarterFigures::whole).toList();
        if (quarters.size() > 1) {
            found.add(compared(quarters.get(0), quarters.get(quarters.size() - 1)));
        }
        if (!report.missing().isEmpty()) {
            List<String> names = report.missing().stream()
                    .map(month -> month.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                    .toList();
            found.add(new Finding("Left out", Listing.of(names, 12) + ": the ledger has no entries"));
        }
        return found;
    }

    private String earned(Account account) {
        return account.name() + ", " + result(account.sum());
    }

    private String earned(MonthFigures month) {
        return month.month().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + ", " + result(month.amounts());
    }

    private String result(Amounts amounts) {
        BigDecimal profit = amounts.profit();
        return (profit.signum() < 0 ? "with a loss of " : "with a profit of ") + numbers.rounded(profit.abs());
    }

    private static String steps(Trend trend) {
        return "profit %s and %s".formatted(times("rose", trend.rises()), times("fell", trend.falls()));
    }

    private Finding compared(QuarterFigures first, QuarterFigures last) {
        String text = "revenue went from %s to %s, the margin from %s to %s"
                .formatted(
                        numbers.rounded(first.amounts().revenue()),
                        numbers.rounded(last.amounts().revenue()),
                        numbers.percent(first.amounts().margin()),
                        numbers.percent(last.amounts().margin()));
        return new Finding(first.name() + " to " + last.name(), text);
    }

    private static String times(String verb, int count) {
        return switch (count) {
            case 0 -> "never " + verb;
            case 1 -> verb + " once";
            case 2 -> verb + " twice";
            default -> verb + " " + count + " times";
        };
    }
}
