package dev.accepted.reports.pdf;

import dev.accepted.reports.SampleLedger;
import dev.accepted.reports.figures.FinancialReport;
import dev.accepted.reports.figures.ReportPeriod;
import dev.accepted.reports.ledger.Ledger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdfparser.PDFStreamParser;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** A report as a reader of the file finds it. */
record RenderedPdf(PDDocument document) implements AutoCloseable {

    /** Pictures lower than this are parts of the footer. */
    private static final float LOWEST_CHART = 20;

    static RenderedPdf of(Ledger ledger, ReportPeriod period, List<String> departments, Charts charts)
            throws IOException {
        FinancialReport report = FinancialReport.of(ledger, period, departments, SampleLedger.CLOCK.instant());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PdfRenderer(charts).render(report, out, (share, step) -> {});
        return new RenderedPdf(Loader.loadPDF(out.toByteArray()));
    }

    int pages() {
        return document.getNumberOfPages();
    }

    /** The lines of a page, from 1, or of all pages with 0. */
    List<String> lines(int page) throws IOException {
        PDFTextStripper stripper = new PDFTextStripper();
        stripper.setSortByPosition(true);
        if (page > 0) {
            stripper.setStartPage(page);
            stripper.setEndPage(page);
        }
        return stripper.getText(document)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    List<String> bookmarks() {
        List<String> titles = new ArrayList<>();
        for (PDOutlineItem item :
                document.getDocumentCatalog().getDocumentOutline().children()) {
            titles.add(item.getTitle());
        }
        return titles;
    }

    /** How many filled or framed rectangles each chart consists of. */
    List<Integer> barsOfCharts() throws IOException {
        List<Integer> charts = new ArrayList<>();
        for (PDPage page : document.getPages()) {
            for (COSName name : page.getResources().getXObjectNames()) {
                PDXObject object = page.getResources().getXObject(name);
                if (object instanceof PDFormXObject form && form.getBBox().getHeight() > LOWEST_CHART) {
                    charts.add((int) new PDFStreamParser(form)
                            .parse().stream()
                                    .filter(token -> token instanceof Operator operator
                                            && operator.getName().equals("re"))
                                    .count());
                }
            }
        }
        return charts;
    }

    List<PDFont> fonts() throws IOException {
        List<PDFont> fonts = new ArrayList<>();
        for (PDPage page : document.getPages()) {
            for (COSName name : page.getResources().getFontNames()) {
                fonts.add(page.getResources().getFont(name));
            }
        }
        return fonts;
    }

    /** Every letter of a page, from 1, with its place. */
    List<TextPosition> letters(int page) throws IOException {
        List<TextPosition> letters = new ArrayList<>();
        PDFTextStripper stripper = new PDFTextStripper() {
            @Override
            protected void processTextPosition(TextPosition text) {
                if (!text.getUnicode().isBlank()) {
                    letters.add(text);
                }
            }
        };
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        stripper.getText(document);
        return letters;
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
