package dev.accepted.gateway.sse;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.Status;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.http.EventReader;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.gateway.sse.TicketSeal.Ticket;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tickets with which a browser opens one stream. */
@GatewayTest
class TicketTest {

    private static final Instant BEGAN = Instant.parse("2026-11-23T20:00:00Z");
    private static final String TOKEN_SCOPE = "campaigns:write";

    @Inject
    JobsInTheLog jobs;

    @Inject
    TicketSeal seal;

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private Jobs campaign() {
        return jobs.send(Workers.CAMPAIGN, "acme", 1, JobFacts.NONE);
    }

    private static String eventsUrl(Jobs job) {
        return given().header("Authorization", Tokens.bearer("acme", TOKEN_SCOPE))
                .post("/jobs/" + job.id() + "/events/ticket")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .extract()
                .path("events_url");
    }

    private static void refused(String url) {
        given().get(url)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", is("Bearer realm=\"jobs\""))
                .body("type", containsString("/problems/invalid-ticket"))
                .body("instance", not(containsString("ticket")));
    }

    @Test
    void aTicketOpensOneStreamWithoutAToken() throws Exception {
        Jobs job = campaign();
        String url = eventsUrl(job);
        try (EventReader stream = EventReader.open(url)) {
            assertEquals(200, stream.status());
            assertEquals("snapshot", stream.next().name());
            refused(url);
            jobs.tell(job, 1, new Happening.Started("worker-1", BEGAN));
            assertEquals("status", stream.next().name());
        }
    }

    @Test
    void aTicketIsOfOneJob() {
        String url = eventsUrl(campaign());
        String other = "/jobs/" + campaign().id() + "/events?ticket=" + url.substring(url.indexOf('=') + 1);
        refused(other);
        refused(url + "x");
        refused("/jobs/" + campaign().id() + "/events?ticket=");
        refused("/jobs/" + campaign().id() + "/events?ticket=%00%ff");
    }

    @Test
    void aTicketThatCameTooLateOpensNothing() {
        Jobs job = campaign();
        Ticket late = new Ticket(UUID.randomUUID(), Instant.now().minusMillis(1), "acme");
        refused("/jobs/" + job.id() + "/events?ticket="
                + seal.seal(late, job.id().text()));
    }

    @Test
    void aBrowserThatComesBackAfterTheEndIsToldThatThereIsNoMore() throws Exception {
        Jobs job = campaign();
        String url = eventsUrl(job);
        try (EventReader stream = EventReader.open(url)) {
            assertEquals("snapshot", stream.next().name());
            jobs.tell(job, 1, new Happening.Cancelled("worker-1", BEGAN), Status.CANCELLED);
            assertEquals("done", stream.next().name());
            assertTrue(stream.isClosed());
        }
        try (EventReader again = EventReader.open(url, "Last-Event-ID", "2")) {
            assertEquals(204, again.status());
        }
        refused(url);
    }

    @Test
    void aRetiredKeysTicketsAreStillGoodAndAStrangersNever() {
        byte[] old = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] young = "fedcba9876543210".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Ticket ticket = new Ticket(UUID.randomUUID(), Instant.ofEpochMilli(1_700_000_000_123L), "acmé");
        String text = new TicketSeal(List.of(old)).seal(ticket, "job-1");
        assertEquals(Optional.of(ticket), new TicketSeal(List.of(young, old)).read(text, "job-1"));
        assertEquals(Optional.empty(), new TicketSeal(List.of(young)).read(text, "job-1"));
        assertEquals(Optional.empty(), new TicketSeal(List.of(old)).read(text, "job-2"));
        assertFalse(text.contains("="));
        Map<Integer, Character> forged = Map.of(0, 'A', 30, 'A', text.length() - 2, 'A');
        forged.forEach((at, with) -> {
            StringBuilder other = new StringBuilder(text);
            other.setCharAt(at, text.charAt(at) == with ? 'B' : with);
            assertEquals(Optional.empty(), new TicketSeal(List.of(old)).read(other.toString(), "job-1"));
        });
    }
}
