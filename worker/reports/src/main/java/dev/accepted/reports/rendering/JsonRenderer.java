package dev.accepted.reports.rendering;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.accepted.reports.figures.Account;
import dev.accepted.reports.figures.Change;
import dev.accepted.reports.figures.FinancialReport;
import dev.accepted.reports.figures.MonthFigures;
import dev.accepted.reports.figures.QuarterFigures;
import dev.accepted.reports.figures.ReportPeriod;
import dev.accepted.reports.figures.Trend;
import dev.accepted.reports.ledger.Amounts;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Month;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** One object, snake_case; amounts are plain decimal numbers, what does not exist is absent. */
public final class JsonRenderer implements ReportRenderer {

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public String extension() {
        return "json";
    }

    @Override
    public void render(FinancialReport report, OutputStream out, Milestones milestones) throws IOException {
        milestones.reach(0, "writing the JSON");
        try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
            // A line feed on every system: the same report gives the same bytes.
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
            new Document(json, report).write();
        }
    }

    /** One report on its way out. */
    private record Document(JsonGenerator json, FinancialReport report) {

        void write() throws IOException {
            json.writeStartObject();
            period(report.period());
            json.writeStringField(
                    "generated_at",
                    report.generatedAt().truncatedTo(ChronoUnit.SECONDS).toString());
            json.writeObjectFieldStart("total");
            account(report.total());
            json.writeEndObject();
            json.writeArrayFieldStart("departments");
            for (Account department : report.departments()) {
                json.writeStartObject();
                json.writeStringField("department", department.name());
                percent(
                        "revenue_share_percent",
                        department.sum().revenueShareOf(report.total().sum()));
                account(department);
                json.writeEndObject();
            }
            json.writeEndArray();
            highlights(report.trend());
            missing();
            json.writeEndObject();
        }

        private void period(ReportPeriod period) throws IOException {
            json.writeStringField("title", period.title());
            json.writeNumberField("year", period.year());
            if (period instanceof ReportPeriod.Quarter quarter) {
                json.writeNumberField("quarter", quarter.quarter());
            }
            json.writeStringField("from", text(period.months().get(0)));
            json.writeStringField("to", text(period.months().get(period.months().size() - 1)));
        }

        private void account(Account account) throws IOException {
            amounts(account.sum());
            json.writeArrayFieldStart("months");
            for (MonthFigures month : account.months()) {
                json.writeStartObject();
                json.writeStringField("month", text(month.month()));
                amounts(month.amounts());
                change(month.change());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("quarters");
            for (QuarterFigures quarter : account.quarters()) {
                json.writeStartObject();
                json.writeNumberField("quarter", quarter.quarter());
                json.writeNumberField("months_covered", quarter.covered());
                amounts(quarter.amounts());
                change(quarter.change());
                json.writeEndObject();
            }
            json.writeEndArray();
        }

        private void amounts(Amounts amounts) throws IOException {
            json.writeNumberField("revenue", amounts.revenue());
            json.writeNumberField("expense", amounts.expense());
            json.writeNumberField("profit", amounts.profit());
            percent("margin_percent", amounts.margin());
        }

        private void change(Optional<Change> change) throws IOException {
            if (change.isPresent()) {
                json.writeNumberField("profit_change", change.get().profit());
                percent("revenue_change_percent", change.get().revenuePercent());
            }
        }

        private void percent(String member, Optional<BigDecimal> value) throws IOException {
            if (value.isPresent()) {
                json.writeNumberField(member, value.get());
            }
        }

        private void highlights(Trend trend) throws IOException {
            json.writeObjectFieldStart("highlights");
            Optional<Account> best = report.best();
            Optional<Account> worst = report.worst();
            if (best.isPresent() && worst.isPresent()) {
                json.writeStringField("best_department", best.get().name());
                json.writeStringField("worst_department", worst.get().name());
            }
            json.writeStringField("best_month", text(trend.best().month()));
            json.writeStringField("worst_month", text(trend.worst().month()));
            json.writeNumberField("months_with_rising_profit", trend.rises());
            json.writeNumberField("months_with_falling_profit", trend.falls());
            json.writeEndObject();
        }

        private void missing() throws IOException {
            json.writeArrayFieldStart("months_without_entries");
            for (Month month : report.missing()) {
                json.writeString(text(month));
            }
            json.writeEndArray();
        }

        private String text(Month month) {
            return YearMonth.of(report.period().year(), month).toString();
        }
    }
}
