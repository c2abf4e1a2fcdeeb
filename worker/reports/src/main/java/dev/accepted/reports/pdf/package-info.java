/**
 * A report as a PDF for people: cover, key figures, tables and charts on A4 pages.
 *
 * <pre>PdfRenderer → sections (Cover, KeyFigures, ReportTables, ReportCharts) → Pages (cursor, breaks) → Typeface</pre>
 *
 * <p>Invariant: nothing here asks AWT for a font. Text is set, and charts are drawn, with fonts that come along in a jar
 * and are embedded, so a machine without fontconfig or any installed font gives the same file. Hence charts are drawn
 * straight onto the page: chart libraries measure their labels with AWT and end with an error on such machines.
 */
@NullMarked
package dev.accepted.reports.pdf;

import org.jspecify.annotations.NullMarked;
