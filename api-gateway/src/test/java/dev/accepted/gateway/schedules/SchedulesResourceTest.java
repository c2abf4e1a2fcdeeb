package dev.accepted.gateway.schedules;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@GatewayTest
class SchedulesResourceTest {

    private static final String INPUT = "{\"report_type\":\"a\", \"year\":2023, \"format\":\"pdf\"}";
    private static final String NIGHTLY =
            "{\"cron\":\"30 2 * * *\",\"zone\":\"Europe/Berlin\",\"type\":\"report.generate\","
                    + "\"client_reference\":\"r-1\",\"tags\":{\"team\":\"blue\"},\"input\":" + INPUT + "}";
    private static final String LIST =
            "{\"campaign_name\":\"c\",\"subject\":\"s\",\"content\":\"x\"," + "\"recipient_list_id\":\"no-such-list\"}";

    @Inject
    DataSource database;

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private static ValidatableResponse put(String name, String body) {
        return given().contentType("application/json")
                .body(body)
                .put("/schedules/" + name)
                .then();
    }

    private static ValidatableResponse put(String name, String body, String token) {
        return given().contentType("application/json")
                .header("Authorization", token)
                .body(body)
                .put("/schedules/" + name)
                .then();
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aScheduleIsMadeShownReplacedAndEnded() {
        String first = put("life", NIGHTLY)
                .statusCode(201)
                .header("Location", endsWith("/schedules/life"))
                .body("name", equalTo("life"))
                .body("zone", equalTo("Europe/Berlin"))
                .body("input.year", equalTo(2023))
                .body("tags.team", equalTo("blue"))
                .body("next_fire_at", endsWith(":30:00Z"))
                .extract()
                .header("ETag");
        given().get("/schedules/life")
                .then()
                .statusCode(200)
                .header("ETag", equalTo(first))
                .body("client_reference", equalTo("r-1"))
                .body("last_fired_at", nullValue());
        given().header("If-None-Match", first).get("/schedules/life").then().statusCode(304);
        String second = put("life", NIGHTLY.replace("30 2", "15 2"))
                .statusCode(200)
                .body("next_fire_at", endsWith(":15:00Z"))
                .extract()
                .header("ETag");
        assertNotEquals(first, second);
        given().get("/schedules").then().statusCode(200).body("items.name", hasItem("life"));
        given().delete("/schedules/life").then().statusCode(204);
        given().get("/schedules/life").then().statusCode(404).body("type", endsWith("/problems/schedule-not-found"));
        given().delete("/schedules/life").then().statusCode(404);
        given().get("/schedules").then().body("items.name", not(hasItem("life")));
        put("life", NIGHTLY).statusCode(201);
    }

    @Test
    void theTopicIsTheTruth() {
        put("truth", NIGHTLY).statusCode(201);
        given().delete("/schedules/truth").then().statusCode(204);
        var records = LogView.of(Topics.SCHEDULES).stream()
                .filter(entry -> entry.key().equals("local/truth"))
                .toList();
        assertEquals(2, records.size());
        assertEquals(
                INPUT,
                Workers.json(new String(records.get(0).value(), java.nio.charset.StandardCharsets.UTF_8))
                        .path("input")
                        .textValue(),
                "character by character");
        assertEquals(null, records.get(1).value());
    }

    @Test
    void whatIsDueIsFiredByTheGateway() throws Exception {
        put("due", NIGHTLY).statusCode(201);
        run("UPDATE schedule SET next_fire_at = now() - interval '1 minute' WHERE name = 'due'");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().get("/schedules/due").path("last_job_id") != null);
        String job = given().get("/schedules/due").path("last_job_id");
        given().get("/jobs/" + job)
                .then()
                .statusCode(200)
                .body("type", equalTo("report.generate"))
                .body("tags.schedule", equalTo("due"))
                .body("tags.team", equalTo("blue"))
                .body("client_reference", equalTo("r-1"));
        given().get("/schedules/due").then().body("next_fire_at", notNullValue());
        assertEquals(
                1, LogView.commands().stream().filter(e -> e.key().equals(job)).count());
    }

    @Test
    void aLargeInputTravelsByClaimCheck() throws Exception {
        String rows = "[1.5,2.5],".repeat(40_000);
        String input = "{\"dataset_name\":\"d\",\"data\":[" + rows + "[1,2]]}";
        put("large", "{\"cron\":\"0 0 * * *\",\"zone\":\"UTC\",\"type\":\"data.process\",\"input\":" + input + "}")
                .statusCode(201)
                .body("input_size_bytes", equalTo(input.length()));
        run("UPDATE schedule SET next_fire_at = date_trunc('day', now()) WHERE name = 'large'");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().get("/schedules/large").path("last_job_id") != null);
        String job = given().get("/schedules/large").path("last_job_id");
        LogView.Entry command = LogView.commandOf(job).orElseThrow();
        assertEquals(Integer.toString(input.length()), command.headers().get("ce_datasize"));
        assertEquals(0, command.value().length);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no cron          | {\"zone\":\"UTC\",\"type\":\"report.generate\",\"input\":{}} | /cron",
                "no zone          | {\"cron\":\"* * * * *\",\"type\":\"report.generate\",\"input\":{}} | /zone",
                "no type          | {\"cron\":\"* * * * *\",\"zone\":\"UTC\",\"input\":{}} | /type",
                "no input         | {\"cron\":\"* * * * *\",\"zone\":\"UTC\",\"type\":\"report.generate\"} | /input",
                "cron of six      | {\"cron\":\"* * * * * *\",\"zone\":\"UTC\",\"type\":\"report.generate\",\"input\":{}} | /cron",
                "cron is a number | {\"cron\":5,\"zone\":\"UTC\",\"type\":\"report.generate\",\"input\":{}} | /cron",
                "never            | {\"cron\":\"0 0 30 2 *\",\"zone\":\"UTC\",\"type\":\"report.generate\",\"input\":{}} | /cron",
                "unknown zone     | {\"cron\":\"* * * * *\",\"zone\":\"Mars/Olympus\",\"type\":\"report.generate\",\"input\":{}} | /zone",
                "unknown member   | {\"cron\":\"* * * * *\",\"zone\":\"UTC\",\"type\":\"report.generate\",\"input\":{},\"x\":1} | /x",
                "a time to start  | {\"cron\":\"* * * * *\",\"zone\":\"UTC\",\"type\":\"report.generate\",\"input\":{},\"scheduled_time\":\"x\"} | /scheduled_time",
                "input not right  | {\"cron\":\"* * * * *\",\"zone\":\"UTC\",\"type\":\"report.generate\",\"input\":{\"year\":0}} | /input/year",
            })
    void whatIsWrongIsSaidWithItsPlace(String name, String body, String pointer) {
        put("wrong", body)
                .statusCode(422)
                .body("type", endsWith("/problems/validation-error"))
                .body("errors.pointer", hasItem(pointer));
        given().get("/schedules/wrong").then().statusCode(404);
    }

    @Test
    void theTagOfTheScheduleIsTheHousesOwn() {
        put("tagged", NIGHTLY.replace("\"team\"", "\"schedule\""))
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/tags/schedule"));
    }

    @Test
    void everyOtherBadInputIsThatOfASubmission() {
        put("x", NIGHTLY.replace("report.generate", "no.such"))
                .statusCode(422)
                .body("type", endsWith("/problems/unknown-job-type"));
        put("x", "{\"cron\":").statusCode(400).body("type", endsWith("/problems/malformed-json"));
        put("x", "").statusCode(400).body("type", endsWith("/problems/empty-body"));
        put("not%20a%20name", NIGHTLY).statusCode(400).body("parameter", equalTo("name"));
        put("x".repeat(129), NIGHTLY).statusCode(400);
        given().get("/schedules/not%20a%20name").then().statusCode(404);
        given().contentType("text/plain")
                .body(NIGHTLY)
                .put("/schedules/x")
                .then()
                .statusCode(415);
        given().post("/schedules/x").then().statusCode(405).header("Allow", containsString("PUT"));
    }

    @Test
    void aCampaignsScheduleIsForThoseWhoMaySendCampaigns() {
        String body = "{\"cron\":\"* * * * *\",\"zone\":\"UTC\",\"type\":\"email.campaign\",\"input\":" + LIST + "}";
        put("mails", body).statusCode(401);
        put("mails", body, Tokens.bearer("acme", "jobs:write"))
                .statusCode(403)
                .body("scope", equalTo("campaigns:write"));
        put("mails", body, Tokens.bearer("acme", "campaigns:write"))
                .statusCode(422)
                .body("type", endsWith("/problems/unknown-reference"))
                .body("pointer", equalTo("/input/recipient_list_id"));
        given().header("Authorization", Tokens.bearer("acme", "jobs:read"))
                .get("/schedules")
                .then()
                .statusCode(403);
    }

    @Test
    void aTenantSeesItsOwn() {
        String acme = Tokens.bearer("acme", "jobs:write");
        put("own", NIGHTLY, acme).statusCode(201);
        given().get("/schedules/own").then().statusCode(404);
        given().delete("/schedules/own").then().statusCode(404);
        given().get("/schedules").then().body("items.name", not(hasItem("own")));
        given().header("Authorization", acme).get("/schedules").then().body("items", hasSize(1));
    }

    @Test
    void aTenantHasSoManyAtMost() throws Exception {
        run("INSERT INTO schedule (tenant, name, version, cron, zone, type, input, tags, updated_at)"
                + " SELECT 'crowded', 'n' || n, n, '0 0 1 1 *', 'UTC', 'report.generate', '{}', '{}', now()"
                + " FROM generate_series(1, " + Schedules.MOST + ") n");
        String token = Tokens.bearer("crowded", "jobs:write");
        put("more", NIGHTLY, token)
                .statusCode(422)
                .body("type", endsWith("/problems/too-many-schedules"))
                .body("max", equalTo(Schedules.MOST));
        put("n7", NIGHTLY, token).statusCode(200);
        given().header("Authorization", token).get("/schedules").then().body("items", hasSize(Schedules.MOST));
        assertTrue(Schedules.MOST > 0);
    }
}
