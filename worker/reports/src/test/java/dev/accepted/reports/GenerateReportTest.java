package dev.accepted.reports;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.accepted.engine.Attachment;
import dev.accepted.engine.InputRejected;
import dev.accepted.engine.PermanentFailure;
import dev.accepted.testkit.RecordingJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class GenerateReportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final GenerateReport handler = new GenerateReport(SampleLedger.CLOCK);

    @Test
    void theSeedsRequestBecomesAPdf() throws IOException {
        RecordingJob job = withLedger();
        ReportRequest request = JSON.readValue(SampleLedger.request(), ReportRequest.class);

        Attachment file = handler.run(request, job);

        assertEquals("annual-financial-2023.pdf", file.name());
        assertEquals("application/pdf", file.contentType());
        byte[] content = job.content(file);
        assertEquals("%PDF-", new String(content, 0, 5, StandardCharsets.US_ASCII));
        assertEquals(content.length, file.sizeBytes());
    }

    @Test
    void theSameJobRunTwiceGivesTheSameBytes() throws IOException {
        for (String format : List.of("pdf", "csv", "json")) {
            ReportRequest request = request("{'report_type':'annual_financial','year':2023,'format':'" + format + "'}");
            RecordingJob first = withLedger();
            RecordingJob second = withLedger();

            assertArrayEquals(
                    first.content(handler.run(request, first)), second.content(handler.run(request, second)), format);
        }
    }

    @Test
    void aYearWithoutALedgerSaysHowToLoadOne() throws IOException {
        ReportRequest request = request("{'report_type':'annual_financial','year':2023}");

        PermanentFailure failure =
                assertThrows(PermanentFailure.class, () -> handler.run(request, RecordingJob.of("report.generate")));

        assertEquals(
                "There is no ledger for the year 2023; load one with PUT /ledgers/2023 and submit again.",
                failure.getMessage());
    }

    @Test
    void unknownDepartmentsAreNamedBesideTheKnownOnes() throws IOException {
        ReportRequest request =
                request("{'report_type':'annual_financial','year':2023,'departments':['sales','legal','hr']}");

        PermanentFailure failure = assertThrows(PermanentFailure.class, () -> handler.run(request, withLedger()));

        assertEquals(
                "The ledger for the year 2023 has no departments \"legal\" and \"hr\"; it has sales, marketing,"
                        + " engineering, services and operations. Submit again with those.",
                failure.getMessage());
    }

    @Test
    void aQuarterIsInTheFilesName() throws IOException {
        Attachment file = handler.run(
                request("{'report_type':'quarterly_financial','year':2023,'quarter':2,'format':'csv'}"), withLedger());

        assertEquals("quarterly-financial-2023-q2.csv", file.name());
    }

    @Test
    void aQuarterlyReportWithoutAQuarterIsRejectedAtThatMember() throws IOException {
        ReportRequest request = request("{'report_type':'quarterly_financial','year':2023}");

        InputRejected rejected = assertThrows(InputRejected.class, () -> handler.run(request, withLedger()));

        assertEquals("/quarter", rejected.pointer());
    }

    @Test
    void progressRisesFromNothingToDone() throws IOException {
        RecordingJob job = withLedger();

        handler.run(request("{'report_type':'annual_financial','year':2023}"), job);

        List<Double> percents = job.percents();
        assertEquals(percents.stream().sorted().toList(), percents);
        assertEquals(0, percents.get(0));
        assertEquals(100, percents.get(percents.size() - 1));
        assertTrue(percents.stream().distinct().count() >= 8, () -> "too few steps: " + percents);
    }

    @Test
    void aReportWithoutChartsHasNoStepForThem() throws IOException {
        RecordingJob with = withLedger();
        RecordingJob without = withLedger();

        handler.run(request("{'report_type':'annual_financial','year':2023}"), with);
        handler.run(request("{'report_type':'annual_financial','year':2023,'include_charts':false}"), without);

        assertEquals(with.percents().size() - 1, without.percents().size());
    }

    @Test
    void aCancelledJobStopsAtItsNextStep() throws IOException {
        RecordingJob job = withLedger();
        job.cancel();
        ReportRequest request = request("{'report_type':'annual_financial','year':2023}");

        assertThrows(CancellationException.class, () -> handler.run(request, job));

        assertEquals(List.of(), job.percents());
    }

    @Test
    void absentMembersHaveTheSchemasDefaults() throws IOException {
        ReportRequest request = request("{'report_type':'annual_financial','year':2023}");

        assertEquals(ReportFormat.PDF, request.format());
        assertTrue(request.includeCharts());
        assertTrue(request.departments().isEmpty());
        assertFalse(request("{'report_type':'annual_financial','year':2023,'include_charts':false}")
                .includeCharts());
    }

    private static ReportRequest request(String json) throws IOException {
        return JSON.readValue(json.replace('\'', '"'), ReportRequest.class);
    }

    private static RecordingJob withLedger() throws IOException {
        return RecordingJob.of("report.generate").with("year", "2023", 60, SampleLedger.bytes());
    }
}
