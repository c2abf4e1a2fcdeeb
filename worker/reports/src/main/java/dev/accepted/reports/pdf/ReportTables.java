package dev.accepted.reports.pdf;

import com.lowagie.text.pdf.PdfPTable;
import dev.accepted.reports.figures.Account;
import dev.accepted.reports.figures.FinancialReport;
import dev.accepted.reports.figures.MonthFigures;
import dev.accepted.reports.figures.QuarterFigures;
import dev.accepted.reports.pdf.FigureTable.Column;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report's figures in full. */
record ReportTables(FinancialReport report, NumberStyle numbers, Typeface type) {

    /** Each department's sums, and all departments' if there are several. */
    PdfPTable departments() {
        FigureTable table = table(
                new Column("Department", 28),
                new Column("Revenue", 17),
                new Column("Share", 9),
                new Column("Expense", 17),
                new Column("Profit", 17),
                new Column("Margin", 10));
        for (Account account : report.departments()) {
            summary(table.row(account.name()), account);
        }
        if (report.departments().size() > 1) {
            summary(table.sum(report.total().name()), report.total());
        }
        return table.finished();
    }

    private void summary(FigureTable row, Account account) {
        row.money(account.sum().revenue())
                .percent(account.sum().revenueShareOf(report.total().sum()))
                .money(account.sum().expense())
                .money(account.sum().profit())
                .percent(account.sum().margin());
    }

    /** The quarters beside each other, all departments together. */
    PdfPTable quarters() {
        FigureTable table = table(
                new Column("Quarter", 20),
                new Column("Revenue", 17),
                new Column("Expense", 17),
                new Column("Profit", 17),
                new Column("Margin", 10),
                new Column("Revenue growth", 17),
                new Column("Profit change", 17));
        for (QuarterFigures quarter : report.total().quarters()) {
            table.row(named(quarter))
                    .amounts(quarter.amounts())
                    .growth(quarter.change())
                    .rise(quarter.change());
        }
        return table.finished();
    }

    /** Each department's profit in each of the quarters. */
    PdfPTable profitByQuarter() {
        List<Column> columns = new ArrayList<>(List.of(new Column("Department", 28)));
        report.total().quarters().forEach(quarter -> columns.add(new Column(named(quarter), 18)));
        FigureTable table = new FigureTable(type, numbers, columns);
        report.departments().forEach(account -> profits(table.row(account.name()), account));
        profits(table.sum(report.total().name()), report.total());
        return table.finished();
    }

    private static void profits(FigureTable row, Account account) {
        account.quarters().forEach(quarter -> row.money(quarter.amounts().profit()));
    }

    /** One account, month by month. */
    PdfPTable months(Account account) {
        FigureTable table = table(
                new Column("Month", 19),
                new Column("Revenue", 18),
                new Column("Expense", 18),
                new Column("Profit", 18),
                new Column("Margin", 11),
                new Column("Revenue growth", 16));
        for (MonthFigures month : account.months()) {
            table.row(month.month().getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                    .amounts(month.amounts())
                    .growth(month.change());
        }
        table.sum("Total").amounts(account.sum()).nothing();
        return table.finished();
    }

    private static String named(QuarterFigures quarter) {
        return quarter.whole() ? quarter.name() : "%s (%d of 3 months)".formatted(quarter.name(), quarter.covered());
    }

    private FigureTable table(Column... columns) {
        return new FigureTable(type, numbers, List.of(columns));
    }
}
