package dev.accepted.gateway.submission;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.Wire;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Workers;
import dev.accepted.gateway.webhooks.Delivering;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callbacks as clients ask for them. Addresses are numbers here: nothing is resolved. */
@GatewayTest
class CallbackTest {

    private static final String REPORT = "{\"report_type\":\"a\",\"year\":2023,\"format\":\"pdf\"}";

    @BeforeAll
    static void announce() {
        Workers.announceAll(Delivering.TYPE);
    }

    private static ValidatableResponse submit(String callback) {
        return given().contentType("application/json")
                .body("{\"type\":\"report.generate\",\"input\":" + REPORT + ",\"callback\":" + callback + "}")
                .post("/jobs")
                .then();
    }

    private static JsonNode callbackOf(ValidatableResponse accepted) throws Exception {
        String id = accepted.statusCode(202).extract().path("job_id");
        return Wire.JSON.readTree(LogView.commandOf(id).orElseThrow().headers().get("ce_callback"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://93.184.216.34/",
                "https://user:secret@93.184.216.34/",
                "https://93.184.216.34:22/",
                "https://93.184.216.34/#there",
                "ftp://93.184.216.34/",
                "93.184.216.34",
                "https://127.0.0.1/",
                "https://localhost/",
                "https://0.0.0.0/",
                "https://2130706433/",
                "https://10.1.2.3/",
                "https://172.20.0.1/",
                "https://192.168.0.1:8443/",
                "https://100.64.0.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://224.0.0.1/",
                "https://[::1]/",
                "https://[::]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[fd00::1]/",
                "https://[fe80::1]/",
                "https://[ff02::1]/",
                "https://never.invalid/"
            })
    void whereNobodyMayBeCalledIsRefused(String url) {
        int before = LogView.commands().size();
        submit("{\"url\":\"" + url + "\"}")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", endsWith("/problems/callback-not-allowed"))
                .body("pointer", equalTo("#/callback/url"));
        assertEquals(before, LogView.commands().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no object      | \"https://93.184.216.34/\"                                        | /callback",
                "no url         | {}                                                                | /callback/url",
                "no text        | {\"url\":7}                                                       | /callback/url",
                "empty          | {\"url\":\"\"}                                                    | /callback/url",
                "unknown member | {\"url\":\"https://93.184.216.34/\",\"secret\":\"x\"}             | /callback/secret",
                "no array       | {\"url\":\"https://93.184.216.34/\",\"events\":\"done\"}          | /callback/events",
                "empty array    | {\"url\":\"https://93.184.216.34/\",\"events\":[]}                | /callback/events",
                "unknown event  | {\"url\":\"https://93.184.216.34/\",\"events\":[\"done\",\"ok\"]} |"
                        + " /callback/events/1",
            })
    void whatDoesNotReadIsToldByItsPlace(String what, String callback, String pointer) {
        submit(callback)
                .statusCode(422)
                .body("type", endsWith("/problems/validation-error"))
                .body("errors.pointer", hasItem(pointer));
    }

    @Test
    void aCallbackTravelsWithTheCommand() throws Exception {
        JsonNode callback =
                callbackOf(submit("{\"url\":\"https://93.184.216.34/hook\",\"events\":[\"started\",\"failed\"]}"));
        assertEquals(
                "{\"url\":\"https://93.184.216.34/hook\",\"events\":[\"started\",\"failed\"]}", callback.toString());
    }

    @Test
    void unlessItSaysOtherwiseItIsOfTheEnd() throws Exception {
        JsonNode ends = Wire.JSON.readTree("[\"succeeded\",\"failed\",\"cancelled\",\"rejected\",\"expired\"]");
        assertEquals(
                ends, callbackOf(submit("{\"url\":\"https://93.184.216.34/\"}")).path("events"));
        assertEquals(
                ends,
                callbackOf(submit("{\"url\":\"https://93.184.216.34/\",\"events\":[\"done\"]}"))
                        .path("events"));
    }

    @Test
    void itIsNotShown() {
        submit("{\"url\":\"https://93.184.216.34/?token=s3cret\"}")
                .statusCode(202)
                .body(not(containsString("s3cret")));
    }

    @Test
    void onATypesOwnPathHeadersAskForIt() throws Exception {
        JsonNode callback = callbackOf(given().contentType("application/json")
                .header("Callback-Url", "https://93.184.216.34/hook")
                .header("Callback-Events", "succeeded, failed")
                .body(REPORT)
                .post("/reports/generate")
                .then());
        assertEquals(
                "{\"url\":\"https://93.184.216.34/hook\",\"events\":[\"succeeded\",\"failed\"]}", callback.toString());
        given().contentType("application/json")
                .header("Callback-Url", "https://10.0.0.1/")
                .body(REPORT)
                .post("/reports/generate")
                .then()
                .statusCode(422)
                .body("type", endsWith("/problems/callback-not-allowed"))
                .body("header", equalTo("Callback-Url"));
        for (String[] wrong : new String[][] {
            {"Callback-Events", "done"}, {"Callback-Url", ""},
        }) {
            given().contentType("application/json")
                    .header(wrong[0], wrong[1])
                    .body(REPORT)
                    .post("/reports/generate")
                    .then()
                    .statusCode(422)
                    .body("type", endsWith("/problems/validation-error"));
        }
    }

    @Test
    void noClientSubmitsWhatOnlyTheEngineSends() {
        int before = LogView.commands().size();
        given().contentType("application/json")
                .body("{\"type\":\"webhook.deliver\",\"input\":{}}")
                .post("/jobs")
                .then()
                .statusCode(422)
                .body("type", endsWith("/problems/unknown-job-type"))
                .body("known_types", not(hasItem("webhook.deliver")))
                .body("known_types", hasItem("report.generate"));
        given().contentType("application/json")
                .body("{\"cron\":\"* * * * *\",\"zone\":\"UTC\",\"type\":\"webhook.deliver\",\"input\":{}}")
                .put("/schedules/sly")
                .then()
                .statusCode(422);
        assertEquals(before, LogView.commands().size());
        String document =
                given().get("/openapi").then().statusCode(200).extract().asString();
        assertFalse(document.contains("webhook.deliver"));
        assertTrue(document.contains("report.generate"));
    }
}
