package dev.accepted.reports.pdf;

import com.lowagie.text.Element;
import com.lowagie.text.Phrase;
import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import dev.accepted.reports.figures.Change;
import dev.accepted.reports.ledger.Amounts;
import dev.accepted.reports.pdf.Typeface.Weight;
import java.awt.Color;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** A table of names on the left and numbers, set flush right, in the other columns. Filled row by row. */
final class FigureTable {

    private static final float SIZE = 8.5f;
    private static final float PADDING = 4;

    private final Typeface type;
    private final NumberStyle numbers;
    private final PdfPTable table;
    private Row row = Row.HEADER;
    private int column;

    /** What a row is for. */
    private enum Row {
        HEADER(Weight.BOLD, 3, 0.9f),
        BODY(Weight.REGULAR, 2.6f, 0.4f),
        SUM(Weight.BOLD, 3.2f, 0.9f);

        private final Weight weight;
        private final float padding;
        /** How thick the line under it is. */
        private final float rule;

        Row(Weight weight, float padding, float rule) {
            this.weight = weight;
            this.padding = padding;
            this.rule = rule;
        }
    }

    /** A column: its header and its width beside the others'. */
    record Column(String header, float share) {}

    FigureTable(Typeface type, NumberStyle numbers, List<Column> columns) {
        this.type = type;
        this.numbers = numbers;
        float[] shares = new float[columns.size()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = columns.get(i).share();
        }
        table = new PdfPTable(shares);
        table.setTotalWidth(Pages.WIDTH);
        table.setLockedWidth(true);
        table.setHeaderRows(1);
        name(columns.get(0).header());
        columns.subList(1, columns.size()).forEach(column -> number(column.header(), 1));
    }

    FigureTable row(String name) {
        row = Row.BODY;
        name(name);
        return this;
    }

    FigureTable sum(String name) {
        row = Row.SUM;
        name(name);
        return this;
    }

    FigureTable money(BigDecimal amount) {
        return number(numbers.money(amount), amount.signum());
    }

    FigureTable percent(Optional<BigDecimal> percent) {
        return number(numbers.percent(percent), percent.map(BigDecimal::signum).orElse(0));
    }

    /** Revenue, expense, profit and margin. */
    FigureTable amounts(Amounts amounts) {
        return money(amounts.revenue())
                .money(amounts.expense())
                .money(amounts.profit())
                .percent(amounts.margin());
    }

    /** How revenue grew, in percent. */
    FigureTable growth(Optional<Change> change) {
        Optional<BigDecimal> percent = change.flatMap(Change::revenuePercent);
        return number(numbers.growth(percent), percent.map(BigDecimal::signum).orElse(0));
    }

    /** By how much profit rose or fell. */
    FigureTable rise(Optional<Change> change) {
        Optional<BigDecimal> rise = change.map(Change::profit);
        return number(
                rise.map(numbers::difference).orElse(NumberStyle.NONE),
                rise.map(BigDecimal::signum).orElse(0));
    }

    FigureTable nothing() {
        return number("", 0);
    }

    PdfPTable finished() {
        return table;
    }

    private void name(String text) {
        column = 0;
        add(type.printable(text), SIZE, row == Row.HEADER ? Palette.MUTED : Palette.INK, Element.ALIGN_LEFT);
    }

    private FigureTable number(String text, int signum) {
        column++;
        // A hair less than there is: a number that fits exactly would be broken by rounding.
        float room = table.getAbsoluteWidths()[column] - 2 * PADDING - 0.5f;
        float size = type.fitting(text, row.weight, SIZE, room);
        add(text, size, row == Row.HEADER ? Palette.MUTED : Palette.ofSign(signum), Element.ALIGN_RIGHT);
        return this;
    }

    private void add(String text, float size, Color color, int alignment) {
        PdfPCell cell = new PdfPCell(new Phrase(text, type.font(row.weight, size, color)));
        cell.setHorizontalAlignment(alignment);
        cell.setVerticalAlignment(Element.ALIGN_MIDDLE);
        cell.setPadding(PADDING);
        cell.setLeading(0, 1.15f);
        cell.setPaddingTop(row.padding);
        cell.setPaddingBottom(row.padding + 1.2f);
        cell.setUseAscender(true);
        cell.setBorder(Rectangle.BOTTOM);
        cell.setBorderWidthBottom(row.rule);
        cell.setBorderColorBottom(row == Row.BODY ? Palette.RULE : Palette.NAVY);
        cell.setBackgroundColor(row == Row.SUM ? Palette.PANEL : null);
        table.addCell(cell);
    }
}
