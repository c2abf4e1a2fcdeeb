package dev.accepted.reports;

import dev.accepted.engine.Attachment;
import dev.accepted.engine.JobContext;
import dev.accepted.engine.JobHandler;
import dev.accepted.engine.JobType;
import dev.accepted.engine.JobType.References;
import dev.accepted.engine.PermanentFailure;
import dev.accepted.engine.Reference;
import dev.accepted.reports.figures.FinancialReport;
import dev.accepted.reports.ledger.Ledger;
import dev.accepted.reports.ledger.LedgerReader;
import dev.accepted.reports.pdf.Charts;
import dev.accepted.reports.pdf.PdfRenderer;
import dev.accepted.reports.rendering.CsvRenderer;
import dev.accepted.reports.rendering.JsonRenderer;
import dev.accepted.reports.rendering.Milestones;
import dev.accepted.reports.rendering.ReportRenderer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Makes a financial report of a year or a quarter from that year's ledger; the file is the job's result. */
@ApplicationScoped
@JobType(
        value = "report.generate",
        queue = "reports",
        path = "/reports/generate",
        title = "Generate a financial report",
        typicalDuration = "PT2S",
        timeout = "PT5M",
        references = @References(member = "year", collection = "ledgers", required = false))
class GenerateReport implements JobHandler<ReportRequest, Attachment> {

    private final Clock clock;

    @Inject
    GenerateReport() {
        this(Clock.systemUTC());
    }

    GenerateReport(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Attachment run(ReportRequest request, JobContext job) throws IOException {
        Milestones milestones = new JobMilestones(job);
        milestones.reach(0, "reading the ledger");
        Ledger ledger = ledger(request.year(), job);
        milestones.reach(0.2, "computing the figures");
        FinancialReport report = FinancialReport.of(ledger, request.period(), request.departments(), clock.instant());
        Attachment file = write(report, renderer(request), job, milestones.within(0.3, 0.9));
        job.progress(100, "done");
        return file;
    }

    private static Ledger ledger(int year, JobContext job) throws IOException {
        Reference reference = job.reference("year")
                .orElseThrow(() -> new PermanentFailure(
                        "There is no ledger for the year %d; load one with PUT /ledgers/%d and submit again."
                                .formatted(year, year)));
        try (InputStream csv = reference.open()) {
            return LedgerReader.read(csv, year);
        }
    }

    private static ReportRenderer renderer(ReportRequest request) {
        return switch (request.format()) {
            case PDF -> new PdfRenderer(request.includeCharts() ? Charts.DRAWN : Charts.LEFT_OUT);
            case CSV -> new CsvRenderer();
            case JSON -> new JsonRenderer();
        };
    }

    /** By way of a file: a report of many departments need not fit the heap beside others. */
    private static Attachment write(
            FinancialReport report, ReportRenderer renderer, JobContext job, Milestones milestones) throws IOException {
        Path file = Files.createTempFile("report-", "." + renderer.extension());
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                renderer.render(report, out, milestones);
            }
            milestones.reach(1, "storing the file");
            try (InputStream content = Files.newInputStream(file)) {
                String name = report.period().fileStem() + "." + renderer.extension();
                return job.attach(name, renderer.contentType(), content);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
