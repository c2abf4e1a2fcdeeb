package dev.accepted.reports.pdf;

import dev.accepted.reports.figures.Account;
import dev.accepted.reports.figures.FinancialReport;
import dev.accepted.reports.ledger.Amounts;
import dev.accepted.reports.pdf.GroupedBars.Series;
import dev.accepted.reports.pdf.SignedBars.Bar;
import java.time.format.TextStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The report's figures as pictures. */
record ReportCharts(FinancialReport report, NumberStyle numbers) {

    /** Of more departments, the chart shows the best and the weakest half of so many. */
    private static final int MOST_BARS = 20;

    private static final float UPRIGHT_HEIGHT = 180;

    void revenueAndExpense(Pages pages) {
        List<String> names = report.total().months().stream()
                .map(each -> each.month().getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
                .toList();
        List<Amounts> amounts =
                report.total().months().stream().map(each -> each.amounts()).toList();
        GroupedBars bars = revenueAndExpense(names, amounts);
        pages.place(new Heading("Revenue and expense by month"), UPRIGHT_HEIGHT, bars::drawOn);
    }

    void profitByDepartment(Pages pages, Typeface type) {
        List<Bar> bars = report.departments().stream()
                .sorted(Comparator.comparing((Account each) -> each.sum().profit())
                        .reversed())
                .map(each -> new Bar(type.printable(each.name()), each.sum().profit()))
                .toList();
        String title = "Profit by department";
        if (bars.size() > MOST_BARS) {
            int half = MOST_BARS / 2;
            title += ": the best %d and the weakest %d of %d".formatted(half, half, bars.size());
            bars = Stream.concat(bars.stream().limit(half), bars.stream().skip(bars.size() - (long) half))
                    .toList();
        }
        SignedBars chart = new SignedBars(bars, numbers);
        pages.place(new Heading(title), chart.height(), chart::drawOn);
    }

    private GroupedBars revenueAndExpense(List<String> names, List<Amounts> amounts) {
        return new GroupedBars(
                names,
                List.of(
                        new Series(
                                "Revenue",
                                Palette.REVENUE,
                                amounts.stream().map(Amounts::revenue).toList()),
                        new Series(
                                "Expense",
                                Palette.EXPENSE,
                                amounts.stream().map(Amounts::expense).toList())),
                numbers);
    }
}
