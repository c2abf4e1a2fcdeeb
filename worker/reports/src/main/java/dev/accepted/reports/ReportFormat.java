package dev.accepted.reports;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What kind of file a report becomes. */
enum ReportFormat {
    @JsonProperty("pdf")
    PDF,
    @JsonProperty("csv")
    CSV,
    @JsonProperty("json")
    JSON
}
