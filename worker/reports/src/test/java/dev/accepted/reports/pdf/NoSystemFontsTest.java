package dev.accepted.reports.pdf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.reports.SampleLedger;
import dev.accepted.reports.figures.FinancialReport;
import dev.accepted.reports.figures.ReportPeriod.Year;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On a machine without fontconfig the first use of an AWT font is an InternalError. */
class NoSystemFontsTest {

    @Test
    void aReportIsWrittenWithoutAnyFontOfAwt() throws Exception {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load=info",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OneReport.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, java.waitFor(), output);
        List<String> loaded = output.lines().toList();
        assertTrue(loaded.stream().anyMatch(line -> line.contains(PdfRenderer.class.getName())), "no class log");
        assertEquals(
                List.of(),
                loaded.stream().filter(line -> line.contains(" sun.font.")).toList());
    }

    /** Runs in a virtual machine of its own. */
    static final class OneReport {
        private OneReport() {}

        public static void main(String[] args) throws IOException {
            FinancialReport report = FinancialReport.of(
                    SampleLedger.read(), new Year(2023), SampleLedger.SEED, SampleLedger.CLOCK.instant());
            new PdfRenderer(Charts.DRAWN).render(report, OutputStream.nullOutputStream(), (share, step) -> {});
        }
    }
}
