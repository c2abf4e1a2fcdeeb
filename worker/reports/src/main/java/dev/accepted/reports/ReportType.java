package dev.accepted.reports;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which stretch of the year a report is about. */
enum ReportType {
    @JsonProperty("annual_financial")
    ANNUAL_FINANCIAL,
    @JsonProperty("quarterly_financial")
    QUARTERLY_FINANCIAL
}
