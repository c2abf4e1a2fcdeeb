package dev.accepted.reports.pdf;

import com.lowagie.text.Document;
import com.lowagie.text.PageSize;
import com.lowagie.text.pdf.PdfBoolean;
import com.lowagie.text.pdf.PdfDate;
import com.lowagie.text.pdf.PdfEncryption;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfObject;
import com.lowagie.text.pdf.PdfString;
import com.lowagie.text.pdf.PdfWriter;
import dev.accepted.reports.figures.Account;
import dev.accepted.reports.figures.FinancialReport;
import dev.accepted.reports.rendering.Milestones;
import dev.accepted.reports.rendering.ReportRenderer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Writes a report as pages for people to read. Pages leave memory as they are filled. */
public final class PdfRenderer implements ReportRenderer {

    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Charts charts;

    public PdfRenderer(Charts charts) {
        this.charts = charts;
    }

    @Override
    public String contentType() {
        return "application/pdf";
    }

    @Override
    public String extension() {
        return "pdf";
    }

    @Override
    public void render(FinancialReport report, OutputStream out, Milestones milestones) throws IOException {
        Typeface type = Typeface.load();
        NumberStyle numbers = new NumberStyle();
        Document document = new Document(PageSize.A4);
        PdfWriter writer = PdfWriter.getInstance(document, out);
        writer.setCloseStream(false);
        describe(document, writer, report);
        writer.setPageEvent(new Footer(type, footer(report)));
        try (Pages pages = new Pages(document, writer, type)) {
            ReportTables tables = new ReportTables(report, numbers, type);
            milestones.reach(0, "writing the summary");
            summary(report, numbers, tables, pages);
            if (charts == Charts.DRAWN) {
                milestones.reach(0.2, "drawing the charts");
                charts(report, numbers, pages);
            }
            milestones.reach(0.4, "writing the quarters");
            quarters(report, tables, pages);
            months(report, tables, pages, milestones.within(0.5, 1));
        }
    }

    private static void summary(FinancialReport report, NumberStyle numbers, ReportTables tables, Pages pages) {
        Cover.write(report, pages);
        new KeyFigures(report, numbers, pages.type()).write(pages);
        pages.place(new Heading("Results by department"), tables.departments());
    }

    private static void charts(FinancialReport report, NumberStyle numbers, Pages pages) {
        ReportCharts drawn = new ReportCharts(report, numbers);
        drawn.revenueAndExpense(pages);
        if (report.departments().size() > 1) {
            drawn.profitByDepartment(pages, pages.type());
        }
    }

    private static void quarters(FinancialReport report, ReportTables tables, Pages pages) {
        pages.place(new Heading("Quarter comparison"), tables.quarters());
        if (report.departments().size() > 1) {
            pages.place(new Heading("Profit by department and quarter"), tables.profitByQuarter());
        }
    }

    private static void months(FinancialReport report, ReportTables tables, Pages pages, Milestones milestones) {
        List<Account> departments = report.departments();
        if (departments.size() > 1) {
            pages.place(new Heading("Month by month: all departments"), tables.months(report.total()));
        }
        for (int i = 0; i < departments.size(); i++) {
            Account department = departments.get(i);
            milestones.reach((double) i / departments.size(), "writing the months of " + department.name());
            pages.place(new Heading("Month by month: " + department.name()), tables.months(department));
        }
    }

    private void describe(Document document, PdfWriter writer, FinancialReport report) {
        document.addTitle(report.period().title());
        document.addAuthor("Accepted");
        document.addCreator("Accepted");
        // Put, not added: what is added the library takes for a wish to have the present time.
        PdfDate created =
                new PdfDate(GregorianCalendar.from(report.generatedAt().atZone(ZoneOffset.UTC)));
        writer.getInfo().put(PdfName.CREATIONDATE, created);
        writer.getInfo().put(PdfName.MODDATE, created);
        writer.getInfo().put(PdfName.FILEID, identity(report));
        writer.getExtraCatalog().put(PdfName.LANG, new PdfString("en"));
        writer.addViewerPreference(PdfName.DISPLAYDOCTITLE, PdfBoolean.PDFTRUE);
    }

    /** By itself the library would make it of the time of day and the free memory. */
    private PdfObject identity(FinancialReport report) {
        List<String> departments =
                report.departments().stream().map(Account::name).toList();
        String content = "%s %s %s %s".formatted(report.period().title(), report.generatedAt(), departments, charts);
        UUID digest = UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8));
        byte[] id = ByteBuffer.allocate(16)
                .putLong(digest.getMostSignificantBits())
                .putLong(digest.getLeastSignificantBits())
                .array();
        return PdfEncryption.createInfoId(id, id);
    }

    private static String footer(FinancialReport report) {
        return report.period().title() + "  ·  generated " + DAY_AND_TIME.format(report.generatedAt());
    }
}
