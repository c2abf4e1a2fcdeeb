package dev.accepted.reports.pdf;

import dev.accepted.reports.figures.FinancialReport;
import dev.accepted.reports.figures.MonthFigures;
import dev.accepted.reports.pdf.Drawing.Anchor;
import dev.accepted.reports.pdf.Drawing.Label;
import dev.accepted.reports.pdf.Typeface.Weight;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** The band across the head of the first page: what the report is, and of which time. */
final class Cover {

    private static final float HEIGHT = 112;
    private static final Label OVERLINE = new Label(Weight.BOLD, 8, Palette.PALE);
    private static final Label TITLE = new Label(Weight.BOLD, 24, Palette.WHITE);
    private static final Label PERIOD = new Label(Weight.REGULAR, 11.5f, Palette.PALE);

    private Cover() {}

    static void write(FinancialReport report, Pages pages) {
        Drawing page = pages.page();
        float top = page.height();
        page.area(0, top - HEIGHT, page.width(), top, Palette.NAVY);
        page.area(0, top - HEIGHT - 3, page.width(), top - HEIGHT, Palette.EXPENSE);
        page.text("ACCEPTED", Anchor.LEFT, Pages.MARGIN, top - 38, OVERLINE);
        page.text(report.period().title(), Anchor.LEFT, Pages.MARGIN, top - 68, TITLE);
        page.text(period(report), Anchor.LEFT, Pages.MARGIN, top - 90, PERIOD);
        pages.startBelow(HEIGHT + 20);
    }

    /** The months that have figures, for example {@code January – December 2023}. */
    private static String period(FinancialReport report) {
        List<MonthFigures> months = report.total().months();
        MonthFigures first = months.get(0);
        MonthFigures last = months.get(months.size() - 1);
        String from = months.size() == 1 ? "" : name(first) + " – ";
        return from + name(last) + " " + report.period().year();
    }

    private static String name(MonthFigures figures) {
        return figures.month().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }
}
