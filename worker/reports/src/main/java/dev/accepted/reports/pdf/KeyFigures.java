package dev.accepted.reports.pdf;

import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import dev.accepted.reports.figures.FinancialReport;
import dev.accepted.reports.ledger.Amounts;
import dev.accepted.reports.pdf.Sentences.Finding;
import dev.accepted.reports.pdf.Typeface.Weight;
import java.awt.Color;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** What a reader in a hurry takes along: four figures and a few sentences. */
final class KeyFigures {

    private static final float CARD_GAP = 8;
    private static final float CARD_PADDING = 9;
    private static final float ABOUT_WIDTH = 104;
    private static final float LEADING = 12;

    private final FinancialReport report;
    private final NumberStyle numbers;
    private final Typeface type;

    KeyFigures(FinancialReport report, NumberStyle numbers, Typeface type) {
        this.report = report;
        this.numbers = numbers;
        this.type = type;
    }

    void write(Pages pages) {
        Sentences sentences = new Sentences(report, numbers);
        PdfPTable departments = table(Pages.WIDTH);
        departments.addCell(text(sentences.departments(), Weight.REGULAR, Palette.MUTED));
        pages.place(departments);
        pages.gap(8);
        pages.place(cards());
        pages.gap(14);
        pages.place(findings(sentences.findings()));
        pages.gap(16);
    }

    private PdfPTable cards() {
        Amounts sum = report.total().sum();
        BigDecimal months = BigDecimal.valueOf(report.total().months().size());
        BigDecimal average = sum.revenue().divide(months, 0, RoundingMode.HALF_UP);
        // Four cards with three gaps: the gaps are columns too.
        float card = (Pages.WIDTH - 3 * CARD_GAP) / 4;
        PdfPTable table = table(card, CARD_GAP, card, CARD_GAP, card, CARD_GAP, card);
        card(table, "Revenue", numbers.rounded(sum.revenue()), numbers.rounded(average) + " a month", 0);
        space(table);
        card(table, "Expense", numbers.rounded(sum.expense()), ratio(sum), 0);
        space(table);
        int sign = sum.profit().signum();
        card(table, "Profit", numbers.rounded(sum.profit()), "revenue less expense", sign);
        space(table);
        card(table, "Margin", numbers.percent(sum.margin()), "profit ÷ revenue", sign);
        return table;
    }

    private String ratio(Amounts sum) {
        return sum.expenseRatio().isPresent() ? numbers.percent(sum.expenseRatio()) + " of revenue" : "";
    }

    private void card(PdfPTable table, String name, String value, String note, int signum) {
        float room = (Pages.WIDTH - 3 * CARD_GAP) / 4 - 2 * CARD_PADDING - 3;
        PdfPCell cell = new PdfPCell();
        cell.setBorder(Rectangle.LEFT);
        cell.setBorderWidthLeft(2.5f);
        cell.setBorderColorLeft(signum < 0 ? Palette.LOSS : Palette.REVENUE);
        cell.setBackgroundColor(Palette.PANEL);
        cell.setPadding(CARD_PADDING);
        cell.setPaddingTop(4);
        cell.setPaddingBottom(9);
        cell.addElement(line(name, Weight.BOLD, 8, Palette.MUTED, room));
        cell.addElement(line(value, Weight.BOLD, 16, signum < 0 ? Palette.LOSS : Palette.NAVY, room));
        Paragraph small = line(note, Weight.REGULAR, 7.5f, Palette.MUTED, room);
        small.setSpacingBefore(2);
        cell.addElement(small);
        table.addCell(cell);
    }

    private Paragraph line(String text, Weight weight, float size, Color color, float room) {
        float fitting = type.fitting(text, weight, size, room);
        return new Paragraph(size * 1.45f, text, type.font(weight, fitting, color));
    }

    private static void space(PdfPTable table) {
        PdfPCell cell = new PdfPCell();
        cell.setBorder(Rectangle.NO_BORDER);
        table.addCell(cell);
    }

    private PdfPTable findings(List<Finding> findings) {
        PdfPTable table = table(ABOUT_WIDTH, Pages.WIDTH - ABOUT_WIDTH);
        for (Finding finding : findings) {
            table.addCell(text(finding.about(), Weight.BOLD, Palette.MUTED));
            table.addCell(text(finding.text(), Weight.REGULAR, Palette.INK));
        }
        return table;
    }

    private PdfPCell text(String text, Weight weight, Color color) {
        PdfPCell cell = new PdfPCell(new Phrase(type.printable(text), type.font(weight, 9, color)));
        cell.setBorder(Rectangle.NO_BORDER);
        cell.setPadding(0);
        cell.setLeading(LEADING, 0);
        cell.setPaddingBottom(1.5f);
        return cell;
    }

    private static PdfPTable table(float... widths) {
        PdfPTable table = new PdfPTable(widths);
        table.setTotalWidth(Pages.WIDTH);
        table.setLockedWidth(true);
        return table;
    }
}
