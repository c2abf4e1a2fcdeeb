package dev.accepted.gateway.submission;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.id.JobId;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.objects.ObjectStore;
import dev.accepted.store.reference.ReferenceTable;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@GatewayTest
class SubmissionTest {

    private static final String REPORT = """
            {"report_type":"annual_financial","year":2023,"departments":["sales","marketing","engineering"],\
            "include_charts":true,"format":"pdf"}""";
    private static final String CAMPAIGN = """
            {"campaign_name":"Summer Sale 2023","subject":"Half price","content":"Hello",\
            "recipient_list_id":"list-789","scheduled_time":"2023-06-16T09:00:00Z"}""";

    private final DataSource database;
    private final ObjectStore objects;
    private final RecentlyAccepted recent;

    @Inject
    SubmissionTest(DataSource database, ObjectStore objects, RecentlyAccepted recent) {
        this.database = database;
        this.objects = objects;
        this.recent = recent;
    }

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private static ValidatableResponse post(String path, String body) {
        return given().contentType("application/json").body(body).post(path).then();
    }

    private static LogView.Entry accepted(ValidatableResponse response) {
        String id = response.statusCode(202).extract().path("job_id");
        return LogView.commandOf(id).orElseThrow();
    }

    private static JobCommand command(LogView.Entry entry) throws Undecodable {
        return CommandHeaders.read(entry.headers());
    }

    private static String text(LogView.Entry entry) {
        return new String(entry.value(), StandardCharsets.UTF_8);
    }

    @Test
    void aReportIsAcceptedAtItsOwnPath() throws Undecodable {
        LogView.Entry entry = accepted(post("/reports/generate", REPORT));
        assertEquals("jobs.commands.reports", entry.topic());
        assertEquals(REPORT, text(entry));
        JobCommand command = command(entry);
        assertEquals(1, command.attempt());
        assertEquals("local", command.tenant());
        assertEquals("report.generate", command.type());
    }

    @Test
    void theAnswerSaysWhereTheJobIsAndWhenToAsk() {
        ValidatableResponse answer = post("/reports/generate", REPORT).statusCode(202);
        String id = answer.extract().path("job_id");
        String location = answer.extract().header("Location");
        assertTrue(location.startsWith("http://") && location.endsWith("/jobs/" + id), location);
        answer.contentType("application/json")
                .header("Content-Location", equalTo(location))
                .header("Link", equalTo("</jobs/" + id + ">; rel=\"monitor\", </openapi>; rel=\"service-desc\""))
                .header("Retry-After", matchesRegex("[1-9][0-9]*"))
                .header("Cache-Control", equalTo("no-store"))
                .header("Vary", equalTo("Prefer, Authorization"))
                .body("status_url", equalTo("/jobs/" + id));
    }

    @Test
    void theInputOfPostJobsTravelsByteForByte() {
        String input = "{ \"report_type\" : \"\\u00e9t\\u00e9 – été\",\n\t\"year\":2023 , \"format\":\"pdf\" }";
        LogView.Entry entry =
                accepted(post("/jobs", "\n{\"tags\":{}, \"input\": " + input + " ,\"type\":\"report.generate\"}\n"));
        assertEquals(input, text(entry));
        assertEquals("jobs.commands.reports", entry.topic());
    }

    @Test
    void theEnvelopeIsKeptInTheCommand() throws Undecodable {
        Instant deadline = Instant.now().plus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        JobCommand command = command(accepted(post("/jobs", """
                {"type":"report.generate","input":%s,"deadline":"%s","client_reference":"order-7",
                 "tags":{"team":"blue"}}""".formatted(REPORT, deadline))));
        assertEquals(deadline, command.facts().deadline());
        assertEquals("order-7", command.facts().clientReference());
        assertEquals(Map.of("team", "blue"), command.facts().tags());
    }

    @Test
    void aJobForLaterWaitsWhereNoWorkerReads() throws Undecodable {
        Instant later = Instant.now().plus(3, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        LogView.Entry entry = accepted(post("/jobs", """
                {"type":"report.generate","input":%s,"scheduled_time":"%s"}""".formatted(REPORT, later)));
        assertEquals("jobs.later", entry.topic());
        assertEquals(0, command(entry).attempt());
        assertEquals(later, command(entry).facts().scheduledTime());
    }

    @Test
    void aTimeInThePastMeansNow() throws Undecodable {
        LogView.Entry entry = accepted(post("/jobs", """
                {"type":"report.generate","input":%s,"scheduled_time":"2023-06-16T09:00:00+02:00"}""".formatted(REPORT)));
        assertEquals("jobs.commands.reports", entry.topic());
        assertEquals(1, command(entry).attempt());
    }

    @Test
    void aCampaignPinsItsRecipientListAndCountsIt() throws SQLException, Undecodable {
        String digest = "ab".repeat(32);
        try (Connection connection = database.getConnection()) {
            ReferenceTable.put(connection, "acme", "recipient-lists", "list-789", digest, 42, List.of("email"));
        }
        ValidatableResponse answer = given().contentType("application/json")
                .header("Authorization", Tokens.bearer("acme", "campaigns:write"))
                .body(CAMPAIGN)
                .post("/email/campaigns")
                .then()
                .statusCode(202)
                .body("campaign_id", startsWith("camp-"))
                .body("recipient_count", equalTo(42));
        String id = answer.extract().path("campaign_id");
        answer.body("status_url", equalTo("/campaigns/" + id + "/status"));
        LogView.Entry entry = LogView.commandOf(id).orElseThrow();
        assertEquals("jobs.commands.email", entry.topic());
        JobCommand command = command(entry);
        assertEquals("acme", command.tenant());
        assertEquals(
                digest,
                Objects.requireNonNull(command.facts().references().get("recipient_list_id"))
                        .digest());
        assertEquals(Map.of("recipient_count", 42L), command.facts().counts());
    }

    @Test
    void theInputsOwnTimeToStartIsHonoured() throws SQLException, Undecodable {
        try (Connection connection = database.getConnection()) {
            ReferenceTable.put(connection, "acme", "recipient-lists", "list-789", "ab".repeat(32), 42, List.of());
        }
        Instant later = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        String input = CAMPAIGN.replace("2023-06-16T09:00:00Z", later.toString());
        for (Map.Entry<String, String> way : Map.of(
                        "/email/campaigns", input, "/jobs", "{\"type\":\"email.campaign\",\"input\":" + input + "}")
                .entrySet()) {
            String id = given().contentType("application/json")
                    .header("Authorization", Tokens.bearer("acme", "campaigns:write"))
                    .body(way.getValue())
                    .post(way.getKey())
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("campaign_id");
            LogView.Entry entry = LogView.commandOf(id).orElseThrow();
            assertEquals("jobs.later", entry.topic());
            assertEquals(later, command(entry).facts().scheduledTime());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 20, 10 << 20})
    void aLargeInputTravelsByClaimCheck(int size) throws Undecodable, IOException {
        String start = "{\"dataset_name\":\"padded\",\"data\":[[1,2]],\"filler\":\"";
        String body = start + "x".repeat(size - start.length() - 2) + "\"}";
        LogView.Entry entry = accepted(post("/data/process", body));
        assertEquals(0, entry.value().length);
        JobCommand command = command(entry);
        assertEquals(size, Objects.requireNonNull(command.dataRef()).sizeBytes());
        try (InputStream stored =
                objects.open("local", Objects.requireNonNull(command.dataRef()).digest())) {
            assertArrayEquals(body.getBytes(StandardCharsets.UTF_8), stored.readAllBytes());
        }
    }

    @Test
    void aTraceThatIsValidGoesOn() throws Undecodable {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        assertEquals(trace, command(accepted(withHeader("traceparent", trace))).traceparent());
        assertEquals(null, command(accepted(withHeader("traceparent", "00-zz"))).traceparent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return=minimal",
                "respond-async",
                "wait=0000000000000000000000000001",
                ";;;=\"",
                "handling=lenient, wait=x"
            })
    void noPreferenceIsEverAnError(String preference) {
        accepted(withHeader("Prefer", preference));
    }

    private static ValidatableResponse withHeader(String name, String value) {
        return given().contentType("application/json; charset=UTF-8")
                .header(name, value)
                .body(REPORT)
                .post("/reports/generate")
                .then();
    }

    @Test
    void whatWasAcceptedIsRemembered() {
        String id = post("/reports/generate", REPORT).statusCode(202).extract().path("job_id");
        JobId known = JobId.parse(id).orElseThrow();
        assertEquals("report.generate", recent.find(known).orElseThrow().type());
        assertFalse(recent.find(known).orElseThrow().command() == null);
    }
}
