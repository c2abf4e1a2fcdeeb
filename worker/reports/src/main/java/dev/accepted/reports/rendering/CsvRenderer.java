package dev.accepted.reports.rendering;

import dev.accepted.reports.figures.Account;
import dev.accepted.reports.figures.FinancialReport;
import dev.accepted.reports.figures.MonthFigures;
import dev.accepted.reports.ledger.Amounts;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * RFC 4180, UTF-8, CRLF: one row per department and month, then the sums. The first column says what a row is, so that
 * a department may be called "total".
 */
public final class CsvRenderer implements ReportRenderer {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader("row", "department", "month", "revenue", "expense", "profit", "margin_percent")
            .get();

    @Override
    public String contentType() {
        return "text/csv; charset=utf-8; header=present";
    }

    @Override
    public String extension() {
        return "csv";
    }

    @Override
    public void render(FinancialReport report, OutputStream out, Milestones milestones) throws IOException {
        milestones.reach(0, "writing the CSV");
        CSVPrinter csv =
                new CSVPrinter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), FORMAT);
        for (Account department : report.departments()) {
            months(csv, "month", department.name(), department, report);
        }
        for (Account department : report.departments()) {
            row(csv, "department_total", department.name(), "", department.sum());
        }
        months(csv, "month_total", "", report.total(), report);
        row(csv, "total", "", "", report.total().sum());
        csv.flush();
    }

    private static void months(CSVPrinter csv, String kind, String name, Account account, FinancialReport report)
            throws IOException {
        for (MonthFigures figures : account.months()) {
            YearMonth month = YearMonth.of(report.period().year(), figures.month());
            row(csv, kind, name, month.toString(), figures.amounts());
        }
    }

    private static void row(CSVPrinter csv, String kind, String name, String month, Amounts amounts)
            throws IOException {
        csv.printRecord(
                kind,
                name,
                month,
                amounts.revenue().toPlainString(),
                amounts.expense().toPlainString(),
                amounts.profit().toPlainString(),
                amounts.margin().map(BigDecimal::toPlainString).orElse(""));
    }
}
