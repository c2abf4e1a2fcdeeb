package dev.accepted.reports.rendering;

import dev.accepted.reports.figures.FinancialReport;
import java.io.IOException;
import java.io.OutputStream;

/** Writes a report in one format. Safe to use for many reports at once. */
public interface ReportRenderer {

    /** The media type of what it writes. */
    String contentType();

    /** What such a file's name ends in, without the dot. */
    String extension();

    /** Writes the report to its end and leaves the stream open. */
    void render(FinancialReport report, OutputStream out, Milestones milestones) throws IOException;
}
