package dev.accepted.reports.rendering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.accepted.reports.SampleLedger;
import dev.accepted.reports.figures.FinancialReport;
import dev.accepted.reports.figures.ReportPeriod;
import dev.accepted.reports.ledger.Ledger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonRendererTest {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @Test
    void theYearHasItsSumsMonthsAndQuarters() throws IOException {
        JsonNode json = json(SampleLedger.read(), new ReportPeriod.Year(2023), SampleLedger.SEED);

        assertEquals("Annual Financial Report 2023", json.path("title").asText());
        assertEquals("2023-01", json.path("from").asText());
        assertEquals("2023-12", json.path("to").asText());
        assertEquals("2024-01-05T10:00:00Z", json.path("generated_at").asText());
        assertEquals(
                SampleLedger.revenue(SampleLedger.SEED, ".*"),
                json.path("total").path("revenue").decimalValue());
        assertEquals(12, json.path("total").path("months").size());
        JsonNode marketing = json.path("departments").path(1);
        assertEquals("marketing", marketing.path("department").asText());
        assertEquals(
                SampleLedger.expense(List.of("marketing"), "2023-1[0-2]"),
                marketing.path("quarters").path(3).path("expense").decimalValue());
        assertEquals("sales", json.path("highlights").path("best_department").asText());
        assertEquals(
                "marketing", json.path("highlights").path("worst_department").asText());
    }

    @Test
    void aQuarterSaysWhichAndComparesWithTheOneBefore() throws IOException {
        JsonNode json = json(SampleLedger.read(), new ReportPeriod.Quarter(2023, 2), List.of());

        assertEquals(2, json.path("quarter").asInt());
        assertEquals(3, json.path("total").path("months").size());
        assertTrue(json.path("total").path("quarters").path(1).has("revenue_change_percent"));
    }

    @Test
    void whatDoesNotExistIsAbsent() throws IOException {
        Ledger ledger = SampleLedger.read("department,month,revenue,expense\na,2023-02,0,0.000001\n");

        JsonNode json = json(ledger, new ReportPeriod.Year(2023), List.of());

        JsonNode month = json.path("total").path("months").path(0);
        assertFalse(month.has("margin_percent"));
        assertFalse(month.has("revenue_change_percent"));
        assertFalse(json.has("quarter"));
        assertFalse(json.path("highlights").has("best_department"));
        assertEquals("2023-01", json.path("months_without_entries").path(0).asText());
    }

    @Test
    void amountsAreWrittenWithoutExponents() throws IOException {
        Ledger ledger = SampleLedger.read("department,month,revenue,expense\na,2023-02,0,0.000001\n");

        String text = text(ledger, new ReportPeriod.Year(2023), List.of());

        assertTrue(text.contains("\"profit\" : -0.000001"), text);
    }

    private static JsonNode json(Ledger ledger, ReportPeriod period, List<String> departments) throws IOException {
        return JSON.readTree(text(ledger, period, departments));
    }

    private static String text(Ledger ledger, ReportPeriod period, List<String> departments) throws IOException {
        FinancialReport report = FinancialReport.of(ledger, period, departments, SampleLedger.CLOCK.instant());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new JsonRenderer().render(report, out, (share, step) -> {});
        return out.toString(StandardCharsets.UTF_8);
    }
}
