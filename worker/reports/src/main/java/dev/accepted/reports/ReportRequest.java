package dev.accepted.reports;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.accepted.engine.InputRejected;
import dev.accepted.reports.figures.ReportPeriod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The input, as {@code schemas/report.generate.json} describes it; what is absent has its default here.
 *
 * @param departments in the order in which the report shows them; empty: all
 * @param quarter 1 to 4, for a quarterly report only
 * @param includeCharts whether a PDF has charts; the other formats have none
 */
@JsonNaming(SnakeCaseStrategy.class)
record ReportRequest(
        ReportType reportType,
        int year,
        List<String> departments,
        @Nullable Integer quarter,
        Boolean includeCharts,
        ReportFormat format) {

    ReportRequest(
            ReportType reportType,
            int year,
            @Nullable List<String> departments,
            @Nullable Integer quarter,
            @Nullable Boolean includeCharts,
            @Nullable ReportFormat format) {
        this.reportType = reportType;
        this.year = year;
        this.departments = departments == null ? List.of() : List.copyOf(departments);
        this.quarter = quarter;
        this.includeCharts = includeCharts == null || includeCharts;
        this.format = format == null ? ReportFormat.PDF : format;
    }

    ReportPeriod period() {
        if (reportType == ReportType.ANNUAL_FINANCIAL) {
            return new ReportPeriod.Year(year);
        }
        if (quarter == null) {
            throw new InputRejected("/quarter", "A quarterly report needs a quarter, 1 to 4.");
        }
        return new ReportPeriod.Quarter(year, quarter);
    }
}
