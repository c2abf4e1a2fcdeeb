package dev.accepted.reports.rendering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.reports.SampleLedger;
import dev.accepted.reports.figures.FinancialReport;
import dev.accepted.reports.figures.ReportPeriod;
import dev.accepted.reports.ledger.Ledger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class CsvRendererTest {

    @Test
    void everyDepartmentAndMonthHasARowAndTheSumsFollow() throws IOException {
        List<CSVRecord> rows = parsed(csv(SampleLedger.read(), new ReportPeriod.Year(2023), SampleLedger.SEED));

        assertEquals(3 * 12 + 3 + 12 + 1, rows.size());
        CSVRecord first = rows.get(0);
        assertEquals(List.of("month", "sales", "2023-01"), List.of(first.get("row"), first.get(1), first.get("month")));
        CSVRecord marketing = only(rows, "department_total", "marketing", "");
        assertEquals(SampleLedger.revenue(List.of("marketing"), ".*"), new BigDecimal(marketing.get("revenue")));
        CSVRecord may = only(rows, "month_total", "", "2023-05");
        assertEquals(SampleLedger.expense(SampleLedger.SEED, "2023-05"), new BigDecimal(may.get("expense")));
        CSVRecord total = only(rows, "total", "", "");
        assertEquals(
                SampleLedger.revenue(SampleLedger.SEED, ".*").subtract(SampleLedger.expense(SampleLedger.SEED, ".*")),
                new BigDecimal(total.get("profit")));
    }

    @Test
    void aQuarterHasOnlyItsMonths() throws IOException {
        List<CSVRecord> rows = parsed(csv(SampleLedger.read(), new ReportPeriod.Quarter(2023, 3), List.of("sales")));

        assertEquals(
                List.of("2023-07", "2023-08", "2023-09"),
                rows.stream()
                        .filter(row -> row.get("row").equals("month"))
                        .map(row -> row.get("month"))
                        .toList());
    }

    @Test
    void linesEndAsRfc4180SaysAndNamesAreQuotedWhereNeeded() throws IOException {
        Ledger ledger = SampleLedger.read("department,month,revenue,expense\n\"Süd, \"\"West\"\"\",2023-01,0,2.50\n");

        String csv = csv(ledger, new ReportPeriod.Year(2023), List.of());

        assertTrue(csv.startsWith("row,department,month,revenue,expense,profit,margin_percent\r\n"), csv);
        assertTrue(csv.contains("\r\nmonth,\"Süd, \"\"West\"\"\",2023-01,0,2.50,-2.50,\r\n"), csv);
        assertTrue(csv.endsWith("\r\ntotal,,,0,2.50,-2.50,\r\n"), csv);
    }

    private static CSVRecord only(List<CSVRecord> rows, String kind, String department, String month) {
        List<CSVRecord> found = rows.stream()
                .filter(row -> row.get("row").equals(kind)
                        && row.get("department").equals(department)
                        && row.get("month").equals(month))
                .toList();
        assertEquals(1, found.size());
        return found.get(0);
    }

    private static String csv(Ledger ledger, ReportPeriod period, List<String> departments) throws IOException {
        FinancialReport report = FinancialReport.of(ledger, period, departments, SampleLedger.CLOCK.instant());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CsvRenderer().render(report, out, (share, step) -> {});
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<CSVRecord> parsed(String csv) throws IOException {
        return CSVParser.parse(
                        csv,
                        CSVFormat.RFC4180
                                .builder()
                                .setHeader()
                                .setSkipHeaderRecord(true)
                                .get())
                .getRecords();
    }
}
