package dev.accepted.reports.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.engine.PermanentFailure;
import dev.accepted.reports.SampleLedger;
import dev.accepted.reports.figures.ReportPeriod.Quarter;
import dev.accepted.reports.figures.ReportPeriod.Year;
import dev.accepted.reports.ledger.Ledger;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Month;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FinancialReportTest {

    private static final String HEADER = "department,month,revenue,expense\n";

    @Test
    void sumsAreThoseOfTheLedger() throws IOException {
        FinancialReport report = report(SampleLedger.read(), new Year(2023), SampleLedger.SEED);

        assertEquals(
                SampleLedger.revenue(SampleLedger.SEED, ".*"),
                report.total().sum().revenue());
        assertEquals(
                SampleLedger.expense(SampleLedger.SEED, ".*"),
                report.total().sum().expense());
        Account marketing = report.departments().get(1);
        assertEquals("marketing", marketing.name());
        assertEquals(
                SampleLedger.revenue(List.of("marketing"), "2023-0[4-6]"),
                marketing.quarters().get(1).amounts().revenue());
        assertEquals(12, marketing.months().size());
    }

    @Test
    void departmentsComeInTheOrderAskedForElseInTheLedgers() throws IOException {
        List<String> asked = List.of("operations", "sales");

        assertEquals(asked, names(report(SampleLedger.read(), new Year(2023), asked)));
        assertEquals(
                List.of("sales", "marketing", "engineering", "services", "operations"),
                names(report(SampleLedger.read(), new Year(2023), List.of())));
    }

    @Test
    void aQuarterHasItsThreeMonthsAndTheQuarterBeforeBesideIt() throws IOException {
        FinancialReport report = report(SampleLedger.read(), new Quarter(2023, 2), SampleLedger.SEED);

        assertEquals(
                List.of(Month.APRIL, Month.MAY, Month.JUNE),
                report.total().months().stream().map(MonthFigures::month).toList());
        assertEquals(
                SampleLedger.revenue(SampleLedger.SEED, "2023-0[4-6]"),
                report.total().sum().revenue());
        assertEquals(
                List.of(1, 2),
                report.total().quarters().stream().map(QuarterFigures::quarter).toList());
        assertTrue(report.total().months().get(0).change().isPresent(), "April follows March, which the ledger has");
    }

    @Test
    void theFirstQuarterHasNothingBeforeIt() throws IOException {
        FinancialReport report = report(SampleLedger.read(), new Quarter(2023, 1), List.of());

        assertEquals(1, report.total().quarters().size());
        assertEquals(Optional.empty(), report.total().quarters().get(0).change());
        assertEquals(Optional.empty(), report.total().months().get(0).change());
    }

    @Test
    void marginShareAndGrowthAreRoundedToATenthOfAPercent() throws IOException {
        Ledger ledger = SampleLedger.read(HEADER + "a,2023-01,300,200\na,2023-02,400,500\nb,2023-01,600,0\n");

        FinancialReport report = report(ledger, new Year(2023), List.of());

        Account a = report.departments().get(0);
        assertEquals(Optional.of(new BigDecimal("0.0")), a.sum().margin());
        assertEquals(
                Optional.of(new BigDecimal("33.3")), a.months().get(0).amounts().margin());
        assertEquals(
                Optional.of(new BigDecimal("53.8")),
                a.sum().revenueShareOf(report.total().sum()));
        Change february = a.months().get(1).change().orElseThrow();
        assertEquals(Optional.of(new BigDecimal("33.3")), february.revenuePercent());
        assertEquals(new BigDecimal("-200"), february.profit());
    }

    @Test
    void withoutRevenueThereIsNoMargin() throws IOException {
        Ledger ledger = SampleLedger.read(HEADER + "a,2023-01,0,5\na,2023-02,7,5\n");

        Account a = report(ledger, new Year(2023), List.of()).departments().get(0);

        assertEquals(Optional.empty(), a.months().get(0).amounts().margin());
        assertEquals(Optional.empty(), a.months().get(1).change().orElseThrow().revenuePercent());
    }

    @Test
    void theTrendKnowsBestAndWorst() throws IOException {
        Ledger ledger = SampleLedger.read(HEADER
                + "a,2023-01,10,0\na,2023-02,30,0\na,2023-03,20,0\na,2023-04,20,0\na,2023-05,5,0\n"
                + "b,2023-01,0,1\n");

        FinancialReport report = report(ledger, new Year(2023), List.of());

        assertEquals(Month.FEBRUARY, report.trend().best().month());
        assertEquals(Month.MAY, report.trend().worst().month());
        assertEquals(1, report.trend().rises());
        assertEquals(2, report.trend().falls());
        assertEquals("a", report.best().orElseThrow().name());
        assertEquals("b", report.worst().orElseThrow().name());
    }

    @Test
    void monthsWithoutEntriesAreNamedAndNotShownAsZero() throws IOException {
        Ledger ledger = SampleLedger.read(HEADER + "a,2023-01,10,0\na,2023-02,10,0\na,2023-03,10,0\na,2023-04,9,0\n");

        FinancialReport report = report(ledger, new Year(2023), List.of());

        assertEquals(4, report.total().months().size());
        assertEquals(8, report.missing().size());
        QuarterFigures second = report.total().quarters().get(1);
        assertEquals(1, second.covered());
        assertEquals(Optional.empty(), second.change(), "one month does not compare with three");
    }

    @Test
    void aQuarterWithoutAnyEntryFailsForGood() throws IOException {
        Ledger ledger = SampleLedger.read(HEADER + "a,2023-01,10,0\n");

        PermanentFailure failure =
                assertThrows(PermanentFailure.class, () -> report(ledger, new Quarter(2023, 4), List.of()));

        assertEquals(
                "The ledger for the year 2023 has no entries for the period asked for; load one that has with"
                        + " PUT /ledgers/2023 and submit again.",
                failure.getMessage());
    }

    @Test
    void oneDepartmentIsNeitherBestNorWorst() throws IOException {
        FinancialReport report = report(SampleLedger.read(), new Year(2023), List.of("sales"));

        assertEquals(Optional.empty(), report.best());
        assertEquals(Optional.empty(), report.worst());
    }

    @Test
    void amongEqualsNothingStandsOut() throws IOException {
        Ledger ledger = SampleLedger.read(SampleLedger.ofDepartments(List.of("a", "b"), "5", "3.0"));

        FinancialReport report = report(ledger, new Year(2023), List.of());

        assertEquals(Optional.empty(), report.best());
        assertTrue(report.trend().level());
        assertEquals(0, report.trend().rises() + report.trend().falls());
    }

    private static FinancialReport report(Ledger ledger, ReportPeriod period, List<String> departments) {
        return FinancialReport.of(ledger, period, departments, SampleLedger.CLOCK.instant());
    }

    private static List<String> names(FinancialReport report) {
        return report.departments().stream().map(Account::name).toList();
    }
}
