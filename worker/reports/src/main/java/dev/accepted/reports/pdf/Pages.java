package dev.accepted.reports.pdf;

import com.lowagie.text.Document;
import com.lowagie.text.PageSize;
import com.lowagie.text.pdf.PdfContentByte;
import com.lowagie.text.pdf.PdfDestination;
import com.lowagie.text.pdf.PdfOutline;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfTemplate;
import com.lowagie.text.pdf.PdfWriter;
import dev.accepted.reports.pdf.Drawing.Anchor;
import dev.accepted.reports.pdf.Drawing.Label;
import java.util.function.Consumer;

/**
 * A4 pages, filled from top to bottom. What belongs together is not parted: a heading stays with what follows it, a table
 * is broken only if it is long, and then with its header on each page.
 */
final class Pages implements AutoCloseable {

    static final float MARGIN = 48;
    static final float WIDTH = PageSize.A4.getWidth() - 2 * MARGIN;

    private static final float BOTTOM = 54;
    private static final float FULL = PageSize.A4.getHeight() - MARGIN - BOTTOM;
    /** A table higher than this may be broken. */
    private static final float KEPT_WHOLE = FULL / 2;
    /** The fewest rows that start a broken table on a page, its header among them. */
    private static final int FIRST_ROWS = 6;

    private final Document document;
    private final PdfWriter writer;
    private final Typeface type;
    private float cursor = PageSize.A4.getHeight() - MARGIN;

    Pages(Document document, PdfWriter writer, Typeface type) {
        this.document = document;
        this.writer = writer;
        this.type = type;
        document.open();
    }

    Typeface type() {
        return type;
    }

    /** The whole page that is filled now, to draw on. */
    Drawing page() {
        return new Drawing(canvas(), type, PageSize.A4.getWidth(), PageSize.A4.getHeight());
    }

    /** Goes on so far below the upper edge of the page. */
    void startBelow(float fromTop) {
        cursor = PageSize.A4.getHeight() - fromTop;
    }

    void gap(float height) {
        cursor -= height;
    }

    void nextPage() {
        document.newPage();
        cursor = PageSize.A4.getHeight() - MARGIN;
    }

    /** A heading and a picture of the whole width under it, never apart. */
    void place(Heading heading, float height, Consumer<Drawing> painter) {
        makeRoom(heading.height() + height);
        place(heading);
        cursor -= height;
        PdfTemplate picture = writer.getDirectContent().createTemplate(WIDTH, height);
        painter.accept(new Drawing(picture, type, WIDTH, height));
        canvas().addTemplate(picture, MARGIN, cursor);
        cursor -= Heading.AFTER;
    }

    /** A heading and a table under it. */
    void place(Heading heading, PdfPTable table) {
        int first = table.getTotalHeight() <= KEPT_WHOLE ? table.size() : Math.min(FIRST_ROWS, table.size());
        makeRoom(heading.height() + height(table, 0, first));
        place(heading);
        rows(table);
        cursor -= Heading.AFTER;
    }

    /** A table without a heading. */
    void place(PdfPTable table) {
        makeRoom(Math.min(table.getTotalHeight(), FULL));
        rows(table);
    }

    private void place(Heading heading) {
        cursor -= heading.height();
        float baseline = cursor + Heading.BELOW;
        Label label = Heading.LABEL;
        String text = type.printable(heading.text());
        PdfDestination here = new PdfDestination(PdfDestination.FITH, baseline + 2 * label.size());
        new PdfOutline(writer.getRootOutline(), here, text);
        String shown = type.shortened(text, label.weight(), label.size(), WIDTH);
        page().text(shown, Anchor.LEFT, MARGIN, baseline, label);
    }

    private void makeRoom(float height) {
        if (cursor - height < BOTTOM) {
            nextPage();
        }
    }

    private void rows(PdfPTable table) {
        int header = table.getHeaderRows();
        int next = 0;
        while (next < table.size()) {
            if (next > header) {
                cursor = table.writeSelectedRows(0, header, MARGIN, cursor, canvas());
            }
            int end = fittingFrom(table, next);
            cursor = table.writeSelectedRows(next, end, MARGIN, cursor, canvas());
            next = end;
            if (next < table.size()) {
                nextPage();
            }
        }
    }

    /** One past the last row that fits, but at least one row, and never leaving the last (the sum) alone. */
    private int fittingFrom(PdfPTable table, int next) {
        int end = next + 1;
        while (end < table.size() && cursor - height(table, next, end + 1) >= BOTTOM) {
            end++;
        }
        return end == table.size() - 1 && end > next + 1 ? end - 1 : end;
    }

    private PdfContentByte canvas() {
        // The library drops a page that it believes to be empty, and it does not see what is drawn directly.
        writer.setPageEmpty(false);
        return writer.getDirectContent();
    }

    private static float height(PdfPTable table, int from, int to) {
        float height = 0;
        for (int row = from; row < to; row++) {
            height += table.getRowHeight(row);
        }
        return height;
    }

    @Override
    public void close() {
        document.close();
    }
}
