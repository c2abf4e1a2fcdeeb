package dev.accepted.gateway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobResult;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Progress;
import dev.accepted.contract.job.Status;
import dev.accepted.gateway.estimates.Outlook;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.http.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JobBodyTest {

    private static final Instant ACCEPTED = Instant.parse("2026-11-23T20:00:00.123Z");
    private static final Instant LATER = Instant.parse("2026-11-23T20:00:05Z");
    private static final Outlook AHEAD_ARE_THREE =
            new Outlook(Status.QUEUED, OptionalLong.of(3), LATER, LATER.plusNanos(7_500_600));

    private final JobBody bodies = new JobBody(Duration.ofDays(30));
    private final Jobs report = Jobs.of(Workers.REPORT, "local", ACCEPTED);

    private ObjectNode body(JobState state) {
        return body(state, Workers.REPORT, Optional.of(AHEAD_ARE_THREE));
    }

    private ObjectNode body(JobState state, JobTypeDescriptor type, Optional<Outlook> outlook) {
        return bodies.of(state, type, outlook);
    }

    @Test
    void anAcceptedJobSaysAllThatTheSeedPromises() throws Exception {
        JsonNode expected =
                new JsonMapper().readTree("""
                {"job_id":"ID","type":"report.generate","status":"queued","done":false,"version":1,
                 "status_url":"/jobs/ID","created_at":"2026-11-23T20:00:00.123Z","updated_at":"2026-11-23T20:00:00.123Z",
                 "expires_at":"2026-12-23T20:00:00.123Z","position_in_queue":3,
                 "estimated_start_time":"2026-11-23T20:00:05Z","estimated_completion_time":"2026-11-23T20:00:05.007Z",
                 "attempt":1,"max_attempts":5}""".replace("ID", report.id().text()));

        assertEquals(
                expected,
                new JsonMapper().readTree(body(report.accepted(JobFacts.NONE)).toString()));
    }

    @Test
    void aCampaignHasItsOwnIdItsOwnUrlAndItsFigures() {
        Jobs campaign = Jobs.of(Workers.CAMPAIGN, "local", ACCEPTED);
        JobFacts facts = new JobFacts(null, null, null, Map.of(), Map.of("recipient_count", 500L), Map.of(), null);
        JobState accepted = campaign.accepted(facts);
        ObjectNode fresh = body(accepted, Workers.CAMPAIGN, Optional.of(AHEAD_ARE_THREE));

        assertEquals(campaign.id().text(), fresh.path("campaign_id").asText());
        assertEquals(campaign.id().text(), fresh.path("job_id").asText());
        assertEquals(
                "/campaigns/" + campaign.id().text() + "/status",
                fresh.path("status_url").asText());
        assertEquals(500, fresh.path("recipient_count").asLong());
        assertEquals("0", fresh.path("sent_count").toString());
        assertEquals("0", fresh.path("failed_count").toString());

        JobState sending = campaign.then(
                accepted,
                1,
                LATER,
                new Happening.Progressed("w", LATER, new Progress(40, "sending"), Map.of("sent_count", 200L), null));
        ObjectNode halfway = body(sending, Workers.CAMPAIGN, Optional.of(AHEAD_ARE_THREE));
        assertEquals(200, halfway.path("sent_count").asLong());
        assertEquals(
                "{\"percent\":40,\"message\":\"sending\"}",
                halfway.path("progress").toString());
    }

    @Test
    void aFigureNeverReplacesAMember() {
        JobFacts facts = new JobFacts(null, null, null, Map.of(), Map.of("version", 99L), Map.of(), null);

        assertEquals(1, body(report.accepted(facts)).path("version").asInt());
    }

    @Test
    void aJobThatSucceededShowsWhereItsResultIs() {
        ObjectNode body = body(report.succeeded(LATER), Workers.REPORT, Optional.empty());

        assertEquals("succeeded", body.path("status").asText());
        assertEquals("true", body.path("done").toString());
        assertEquals("2026-11-23T20:00:05Z", body.path("finished_at").asText());
        assertEquals(
                "/jobs/" + report.id().text() + "/result",
                body.path("result_url").asText());
        assertEquals(
                "{\"content_type\":\"application/pdf\",\"size_bytes\":12345}",
                body.path("result").toString());
        assertFalse(body.has("position_in_queue"));
        assertFalse(body.has("estimated_completion_time"));
    }

    @Test
    void aJobThatSucceededWithoutAResultHasNoUrlForOne() {
        JobState done = report.then(
                report.started(ACCEPTED), 1, LATER, new Happening.Succeeded("w", ACCEPTED, (JobResult) null, Map.of()));

        assertFalse(body(done, Workers.REPORT, Optional.empty()).has("result_url"));
    }

    @Test
    void aRejectedJobSaysWhatWasWrongWithItsInput() {
        JobState rejected = report.then(
                report.started(ACCEPTED),
                1,
                LATER,
                new Happening.Rejected("w", ACCEPTED, "/year", "no ledger of 1850"));

        assertEquals(
                "{\"type\":\"/problems/job-rejected\",\"title\":\"Job rejected\",\"detail\":\"no ledger of 1850\","
                        + "\"pointer\":\"/year\"}",
                body(rejected, Workers.REPORT, Optional.empty()).path("error").toString());
    }

    @Test
    void aJobThatWaitsForItsRetrySaysWhenThatIs() {
        JobState failed = report.then(
                report.started(ACCEPTED),
                1,
                LATER,
                new Happening.AttemptFailed("w", ACCEPTED, JobError.failed("no"), Duration.ofSeconds(30), Map.of()));
        ObjectNode body = body(failed);

        assertEquals("2026-11-23T20:00:35Z", body.path("next_attempt_at").asText());
        assertEquals(2, body.path("attempt").asInt());
        assertFalse(body.has("error"), "the job itself has not failed");
    }

    @Test
    void aMovedJobShowsItsNewTime() {
        JobState moved = report.then(
                report.scheduled(LATER.plusSeconds(60)), 0, LATER, new Happening.Rescheduled(LATER.plusSeconds(120)));

        assertEquals("2026-11-23T20:02:05Z", body(moved).path("scheduled_time").asText());
        assertFalse(body(moved).has("next_attempt_at"));
    }

    @Test
    void whatTheClientNamedItStands() {
        JobFacts facts = new JobFacts(
                null, null, "order-7", Map.of("team", "blue", "area", "north"), Map.of(), Map.of(), "job-1");
        ObjectNode body = body(report.accepted(facts));

        assertEquals("order-7", body.path("client_reference").asText());
        assertEquals("{\"area\":\"north\",\"team\":\"blue\"}", body.path("tags").toString());
        assertEquals("job-1", body.path("replay_of").asText());
    }
}
