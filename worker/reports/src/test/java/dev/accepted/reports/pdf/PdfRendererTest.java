package dev.accepted.reports.pdf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.reports.SampleLedger;
import dev.accepted.reports.figures.ReportPeriod.Quarter;
import dev.accepted.reports.figures.ReportPeriod.Year;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.junit.jupiter.api.Test;

class PdfRendererTest {

    private static final Year YEAR = new Year(2023);

    @Test
    void theFirstPageSaysWhatTheReportIs() throws IOException {
        try (RenderedPdf pdf = seed(Charts.DRAWN)) {
            List<String> lines = pdf.lines(1);

            assertTrue(lines.contains("Annual Financial Report 2023"), lines::toString);
            assertTrue(lines.contains("January – December 2023"), lines::toString);
            assertTrue(
                    lines.contains("3 departments: sales, marketing and engineering."
                            + " Amounts are in the currency of the ledger."),
                    lines::toString);
            assertTrue(lines.contains("Weakest department marketing, with a loss of 513,571"), lines::toString);
        }
    }

    @Test
    void theSummaryHasTheSumsOfTheLedger() throws IOException {
        try (RenderedPdf pdf = seed(Charts.DRAWN)) {
            List<String> lines = pdf.lines(0);

            for (String department : SampleLedger.SEED) {
                assertRow(lines, department, summary(List.of(department)));
            }
            assertRow(lines, "All departments", summary(SampleLedger.SEED));
        }
    }

    @Test
    void everyMonthOfEveryDepartmentHasItsRow() throws IOException {
        try (RenderedPdf pdf = seed(Charts.LEFT_OUT)) {
            List<String> lines = pdf.lines(0);

            for (List<String> departments :
                    List.of(SampleLedger.SEED, List.of("sales"), List.of("marketing"), List.of("engineering"))) {
                assertRow(lines, "August", amounts(departments, "2023-08"));
                assertRow(lines, "Total", amounts(departments, ".*"));
            }
        }
    }

    @Test
    void theQuartersStandBesideEachOther() throws IOException {
        try (RenderedPdf pdf = seed(Charts.DRAWN)) {
            assertRow(pdf.lines(0), "Q1", amounts(SampleLedger.SEED, "2023-0[1-3]"));
            assertRow(pdf.lines(0), "Q4", amounts(SampleLedger.SEED, "2023-1[0-2]"));
        }
    }

    @Test
    void chartsAreDrawnWithABarForEachValue() throws IOException {
        try (RenderedPdf pdf = seed(Charts.DRAWN)) {
            int monthsAndLegend = 12 * 2 + 2;
            assertEquals(List.of(monthsAndLegend, SampleLedger.SEED.size()), pdf.barsOfCharts());
            assertTrue(pdf.bookmarks().contains("Revenue and expense by month"));
        }
    }

    @Test
    void chartsAreLeftOutOnRequest() throws IOException {
        try (RenderedPdf pdf = seed(Charts.LEFT_OUT)) {
            assertEquals(List.of(), pdf.barsOfCharts());
            assertTrue(pdf.lines(0).stream().noneMatch(line -> line.contains("Revenue and expense by month")));
            assertTrue(pdf.bookmarks().contains("Results by department"));
        }
    }

    @Test
    void everyPageHasItsNumberAndSomethingToRead() throws IOException {
        try (RenderedPdf pdf = seed(Charts.DRAWN)) {
            assertEquals(3, pdf.pages());
            for (int page = 1; page <= pdf.pages(); page++) {
                List<String> lines = pdf.lines(page);
                assertEquals(
                        "Annual Financial Report 2023 · generated 5 January 2024, 10:00 UTC Page " + page + " of 3",
                        lines.get(lines.size() - 1).replaceAll(" +", " "));
                assertTrue(lines.size() > 10, lines::toString);
            }
        }
    }

    @Test
    void theFileSaysWhoMadeItAndWhen() throws IOException {
        try (RenderedPdf pdf = seed(Charts.DRAWN)) {
            PDDocumentInformation about = pdf.document().getDocumentInformation();

            assertEquals("Annual Financial Report 2023", about.getTitle());
            assertEquals("Accepted", about.getAuthor());
            assertEquals(SampleLedger.CLOCK.instant(), about.getCreationDate().toInstant());
            assertEquals("en", pdf.document().getDocumentCatalog().getLanguage());
        }
    }

    @Test
    void allFontsComeWithTheFile() throws IOException {
        try (RenderedPdf pdf = seed(Charts.DRAWN)) {
            assertTrue(pdf.fonts().size() >= 2);
            assertTrue(pdf.fonts().stream().allMatch(PDFont::isEmbedded));
        }
    }

    @Test
    void aQuarterShowsItsMonthsOnly() throws IOException {
        try (RenderedPdf pdf = RenderedPdf.of(SampleLedger.read(), new Quarter(2023, 2), List.of(), Charts.DRAWN)) {
            List<String> all = List.of("sales", "marketing", "engineering", "services", "operations");
            List<String> lines = pdf.lines(0);

            assertTrue(lines.contains("Quarterly Financial Report Q2 2023"), lines::toString);
            assertTrue(lines.contains("April – June 2023"), lines::toString);
            assertRow(lines, "All departments", summaryRow(all, "2023-0[4-6]"));
            assertRow(lines, "Q1", amounts(all, "2023-0[1-3]"));
            assertRow(lines, "Q2", amounts(all, "2023-0[4-6]"));
            assertTrue(lines.stream().noneMatch(line -> line.startsWith("March ") || line.startsWith("July ")));
        }
    }

    @Test
    void whereNothingStandsOutNothingIsSaidToDo() throws IOException {
        String ledger = SampleLedger.ofDepartments(List.of("a", "b"), "5", "3");
        try (RenderedPdf pdf = RenderedPdf.of(SampleLedger.read(ledger), YEAR, List.of(), Charts.DRAWN)) {
            List<String> lines = pdf.lines(1);

            assertTrue(lines.stream().noneMatch(line -> line.matches("(Best|Weakest|Month on) .*")), lines::toString);
            assertTrue(
                    lines.contains("Q1 to Q4 revenue went from 30 to 30, the margin from 40.0% to 40.0%"),
                    lines::toString);
        }
    }

    @Test
    void aLongTableGoesOnWithItsHeaderAndNeverLeavesTheSumAlone() throws IOException {
        // So many, that for some number the last page would begin with the sum.
        for (int count = 28; count <= 36; count++) {
            List<String> names =
                    IntStream.range(0, count).mapToObj(i -> "unit " + i).toList();
            String ledger = SampleLedger.ofDepartments(names, "2000", "1000.5");
            try (RenderedPdf pdf = RenderedPdf.of(SampleLedger.read(ledger), YEAR, List.of(), Charts.LEFT_OUT)) {
                List<String> lines = pdf.lines(0);
                int sum = indexOf(lines, "All departments");
                assertTrue(lines.get(sum - 1).startsWith("unit "), lines.get(sum - 1));
                boolean broken = indexOf(pdf.lines(1), "All departments") < 0;
                assertEquals(broken ? 2 : 1, headersBefore(lines, sum), "of " + count);
            }
        }
    }

    @Test
    void theLargestAmountsStayOnOneLine() throws IOException {
        String ledger = SampleLedger.ofDepartments(List.of("a", "b"), "999999999999999.99", "-999999999999999.99");
        try (RenderedPdf pdf = RenderedPdf.of(SampleLedger.read(ledger), YEAR, List.of(), Charts.DRAWN)) {
            List<String> lines = pdf.lines(0);

            String sum = "23,999,999,999,999,999.76";
            String cost = "\u2212" + sum;
            String profit = "47,999,999,999,999,999.52";
            assertRow(lines, "All departments", "%s 100.0%% %s %s 200.0%%".formatted(sum, cost, profit));
            assertRow(lines, "Total", "%s %s %s 200.0%%".formatted(sum, cost, profit));
            assertRow(lines, "24,000,000,000,000,000", "\u221224,000,000,000,000,000 48,000,000,000,000,000 200.0%");
        }
    }

    private static int headersBefore(List<String> lines, int end) {
        return (int) lines.subList(0, end).stream()
                .filter(line -> line.startsWith("Department Revenue Share"))
                .count();
    }

    private static int indexOf(List<String> lines, String start) {
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).startsWith(start))
                .findFirst()
                .orElse(-1);
    }

    private static RenderedPdf seed(Charts charts) throws IOException {
        return RenderedPdf.of(SampleLedger.read(), YEAR, SampleLedger.SEED, charts);
    }

    private static void assertRow(List<String> lines, String name, String figures) {
        assertTrue(
                lines.stream().anyMatch(line -> line.startsWith(name + " " + figures)),
                () -> name + " " + figures + " is not in\n" + String.join("\n", lines));
    }

    private static String summary(List<String> departments) throws IOException {
        return summaryRow(departments, ".*");
    }

    private static String summaryRow(List<String> departments, String months) throws IOException {
        BigDecimal revenue = SampleLedger.revenue(departments, months);
        BigDecimal whole = departments.size() == 1 ? SampleLedger.revenue(SampleLedger.SEED, months) : revenue;
        String share = percent(revenue, whole);
        return amounts(departments, months).replaceFirst(" ", " " + share + " ");
    }

    /** Revenue, expense, profit and margin as a table shows them. */
    private static String amounts(List<String> departments, String months) throws IOException {
        BigDecimal revenue = SampleLedger.revenue(departments, months);
        BigDecimal expense = SampleLedger.expense(departments, months);
        BigDecimal profit = revenue.subtract(expense);
        return String.join(" ", money(revenue), money(expense), money(profit), percent(profit, revenue));
    }

    private static String money(BigDecimal amount) {
        return new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT))
                .format(amount)
                .replace('-', '\u2212');
    }

    private static String percent(BigDecimal part, BigDecimal whole) {
        BigDecimal percent = part.multiply(new BigDecimal(100)).divide(whole, 1, RoundingMode.HALF_UP);
        return percent.toPlainString().replace('-', '\u2212') + "%";
    }
}
