package dev.accepted.reports.pdf;

import com.lowagie.text.Document;
import com.lowagie.text.PageSize;
import com.lowagie.text.pdf.PdfPageEventHelper;
import com.lowagie.text.pdf.PdfTemplate;
import com.lowagie.text.pdf.PdfWriter;
import dev.accepted.reports.pdf.Drawing.Anchor;
import dev.accepted.reports.pdf.Drawing.Label;
import dev.accepted.reports.pdf.Typeface.Weight;
import java.util.ArrayList;
import java.util.List;

/** The line at the bottom of each page. How many pages there are is known, and written, only at the end. */
final class Footer extends PdfPageEventHelper {

    private static final Label SMALL = new Label(Weight.REGULAR, 7.5f, Palette.MUTED);
    private static final float BASELINE = 30;
    private static final float NUMBER_WIDTH = 120;

    private final Typeface type;
    private final String text;
    private final List<PdfTemplate> numbers = new ArrayList<>();

    Footer(Typeface type, String text) {
        this.type = type;
        this.text = text;
    }

    @Override
    public void onEndPage(PdfWriter writer, Document document) {
        float right = Pages.MARGIN + Pages.WIDTH;
        Drawing page = new Drawing(writer.getDirectContent(), type, PageSize.A4.getWidth(), PageSize.A4.getHeight());
        page.line(Pages.MARGIN, BASELINE + 12, right, BASELINE + 12, Palette.RULE);
        page.text(text, Anchor.LEFT, Pages.MARGIN, BASELINE, SMALL);
        PdfTemplate number = writer.getDirectContent().createTemplate(NUMBER_WIDTH, 12);
        writer.getDirectContent().addTemplate(number, right - NUMBER_WIDTH, BASELINE - 2);
        numbers.add(number);
    }

    @Override
    public void onCloseDocument(PdfWriter writer, Document document) {
        for (int i = 0; i < numbers.size(); i++) {
            new Drawing(numbers.get(i), type, NUMBER_WIDTH, 12)
                    .text("Page " + (i + 1) + " of " + numbers.size(), Anchor.RIGHT, NUMBER_WIDTH, 2, SMALL);
        }
    }
}
