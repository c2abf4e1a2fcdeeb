package dev.accepted.gateway.problem;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.accepted.gateway.http.Faulty;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every bad input gets its problem, and nothing of it reaches a topic. */
@GatewayTest
class BadInputTest {

    private static final String REPORT = "{\"report_type\":\"a\",\"year\":2023,\"format\":\"pdf\"}";
    private static int commandsBefore;

    @BeforeAll
    static void announce() {
        Workers.announceAll();
        commandsBefore = LogView.commands().size();
    }

    @AfterAll
    static void nothingReachedATopic() {
        assertEquals(commandsBefore, LogView.commands().size());
    }

    private static ValidatableResponse post(String path, String body) {
        return given().contentType("application/json").body(body).post(path).then();
    }

    private static ValidatableResponse refused(ValidatableResponse answer, int status, String slug) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .header("X-Request-Id", not(emptyOrNullString()))
                .body("type", slug.equals("about:blank") ? equalTo(slug) : endsWith("/problems/" + slug))
                .body("type", slug.equals("about:blank") ? equalTo(slug) : startsWith("http://"))
                .body("status", equalTo(status))
                .body("title", not(emptyOrNullString()))
                .body("detail", not(emptyOrNullString()))
                .body("request_id", equalTo(answer.extract().header("X-Request-Id")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "half an object           | {\"year\":2023                        | malformed-json",
                "no JSON at all           | report please                         | malformed-json",
                "a comment                | {\"a\":1 /* no */}                    | malformed-json",
                "not a number             | {\"a\":NaN}                           | malformed-json",
                "single quotes            | {'a':1}                               | malformed-json",
                "a trailing comma         | {\"a\":1,}                            | malformed-json",
                "something behind         | {\"a\":1} {\"b\":2}                   | malformed-json",
                "a name twice             | {\"a\":1,\"a\":2}                     | json-limits",
                "a name twice deep inside | {\"x\":[{\"a\":1,\"a\":2}]}           | json-limits",
            })
    void whatIsNotStrictJsonIsRefused(String name, String body, String slug) {
        refused(post("/reports/generate", body), 400, slug);
        refused(post("/jobs", "{\"type\":\"report.generate\",\"input\":" + body + "}"), 400, slug);
        refused(post("/jobs", body), 400, slug);
    }

    @Test
    void malformedJsonSaysWhere() {
        refused(post("/reports/generate", "{\n  \"year\": tomorrow\n}"), 400, "malformed-json")
                .body("line", equalTo(2))
                .body("column", equalTo(11));
    }

    @Test
    void theDeepestNestingThatIsTakenIsSixtyFour() {
        String deep = "[".repeat(63) + "]".repeat(63);
        String tooDeep = "[".repeat(64) + "]".repeat(64);
        refused(post("/reports/generate", "{\"a\":" + deep + "}"), 422, "validation-error");
        refused(post("/reports/generate", "{\"a\":" + tooDeep + "}"), 400, "json-limits");
    }

    @Test
    void onlyUtf8IsTaken() {
        byte[] latin = "{\"report_type\":\n\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        refused(
                        given().contentType("application/json")
                                .body(latin)
                                .post("/reports/generate")
                                .then(),
                        400,
                        "malformed-json")
                .body("line", equalTo(2))
                .body("column", equalTo(2));
        byte[] utf16 = REPORT.getBytes(StandardCharsets.UTF_16LE);
        refused(
                given().contentType("application/json")
                        .body(utf16)
                        .post("/reports/generate")
                        .then(),
                400,
                "malformed-json");
    }

    @Test
    void anEmptyBodyIsRefused() {
        refused(given().contentType("application/json").post("/jobs").then(), 400, "empty-body");
        refused(given().contentType("application/json").post("/data/process").then(), 400, "empty-body");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "missing            | {\"report_type\":\"a\",\"format\":\"pdf\"}                                   | /year          | required",
                "wrong type         | {\"report_type\":\"a\",\"year\":\"2023\",\"format\":\"pdf\"}                 | /year          | type",
                "year zero          | {\"report_type\":\"a\",\"year\":0,\"format\":\"pdf\"}                        | /year          | minimum",
                "unknown enum       | {\"report_type\":\"a\",\"year\":2023,\"format\":\"gif\"}                     | /format        | enum",
                "unknown member     | {\"report_type\":\"a\",\"year\":2023,\"format\":\"pdf\",\"x/y\":1}           | /x~1y          | additionalProperties",
                "deep inside        | {\"report_type\":\"a\",\"year\":2023,\"format\":\"pdf\",\"departments\":[1]} | /departments/0 | type",
                "no object          | [1,2]                                                                        | ``             | type",
                "null               | null                                                                         | ``             | type",
            })
    void aWrongFieldIsNamed(String name, String input, String pointer, String code) {
        refused(post("/reports/generate", input), 422, "validation-error")
                .body("errors[0].pointer", equalTo(pointer))
                .body("errors[0].code", equalTo(code))
                .body("errors[0].detail", not(emptyOrNullString()));
        refused(post("/jobs", "{\"type\":\"report.generate\",\"input\":" + input + "}"), 422, "validation-error")
                .body("errors[0].pointer", equalTo("/input" + pointer));
    }

    @Test
    void formatsAreAsserted() {
        refused(
                        post("/data/process", "{\"dataset_name\":\"a\",\"data\":[],\"contact\":\"nobody\"}"),
                        422,
                        "validation-error")
                .body("errors.pointer", hasItem("/contact"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no object            | [1]                                                                   | ``",
                "no type              | {\"input\":{}}                                                        | /type",
                "no input             | {\"type\":\"report.generate\"}                                        | /input",
                "type is no text      | {\"type\":7,\"input\":{}}                                             | /type",
                "unknown member       | {\"type\":\"report.generate\",\"input\":{},\"priority\":1}            | /priority",
                "long reference       | {\"type\":\"report.generate\",\"input\":{},\"client_reference\":\"\"} | /client_reference",
                "tags no object       | {\"type\":\"report.generate\",\"input\":{},\"tags\":[]}               | /tags",
                "tag no text          | {\"type\":\"report.generate\",\"input\":{},\"tags\":{\"a\":1}}        | /tags/a",
                "time without offset  | {\"type\":\"report.generate\",\"input\":%s,\"scheduled_time\":\"2030-01-01T00:00:00\"} | /scheduled_time",
                "no time              | {\"type\":\"report.generate\",\"input\":%s,\"deadline\":\"tomorrow\"} | /deadline",
            })
    void aWrongEnvelopeIsNamed(String name, String body, String pointer) {
        refused(post("/jobs", body.replace("%s", REPORT)), 422, "validation-error")
                .body("errors.pointer", hasItem(pointer));
    }

    @Test
    void anUnknownTypeIsToldTheKnownOnes() {
        refused(post("/jobs", "{\"type\":\"report.genrate\",\"input\":{}}"), 422, "unknown-job-type")
                .body("known_types", hasItem("report.generate"));
    }

    @Test
    void anUnknownReferenceIsNamed() {
        String campaign = """
                {"campaign_name":"a","subject":"b","content":"c","recipient_list_id":"nobody"}""";
        refused(
                        given().contentType("application/json")
                                .header("Authorization", Tokens.bearer("empty", "campaigns:write"))
                                .body(campaign)
                                .post("/email/campaigns")
                                .then(),
                        422,
                        "unknown-reference")
                .body("pointer", equalTo("/recipient_list_id"));
    }

    @Test
    void timesOutsideTheRetentionAreRefused() {
        String job = "{\"type\":\"report.generate\",\"input\":" + REPORT + ",%s}";
        refused(post("/jobs", job.formatted("\"scheduled_time\":\"2999-01-01T00:00:00Z\"")), 422, "schedule-too-far")
                .body("now", endsWith("Z"))
                .body("max", endsWith("Z"));
        refused(post("/jobs", job.formatted("\"deadline\":\"2999-01-01T00:00:00Z\"")), 422, "schedule-too-far");
        refused(post("/jobs", job.formatted("\"deadline\":\"2001-01-01T00:00:00Z\"")), 422, "deadline-unreachable");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text/plain",
                "application/xml",
                "application/json; charset=iso-8859-1",
                "application/merge-patch+json",
                "json"
            })
    void otherMediaTypesAreNotTaken(String mediaType) {
        refused(
                        given().header("Content-Type", mediaType)
                                .body(REPORT.getBytes(StandardCharsets.UTF_8))
                                .post("/reports/generate")
                                .then(),
                        415,
                        "unsupported-media-type")
                .header("Accept", "application/json");
    }

    @Test
    void codedBodiesAreNotTaken() {
        refused(
                        given().contentType("application/json")
                                .header("Content-Encoding", "br")
                                .body(REPORT)
                                .post("/jobs")
                                .then(),
                        415,
                        "unsupported-content-coding")
                .header("Accept-Encoding", "gzip");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"text/html", "application/problem+json", "application/json;q=0, */*"})
    void whoTakesNoJsonIsToldSo(String accept) {
        refused(
                        given().contentType("application/json")
                                .header("Accept", accept)
                                .body(REPORT)
                                .post("/reports/generate")
                                .then(),
                        406,
                        "not-acceptable")
                .body("available", equalTo(List.of("application/json")));
    }

    @Test
    void unknownPathsAreNotFound() {
        for (String path : List.of("/", "/nothing", "/reports", "/reports/generate/", "/problems/none", "/q/nothing")) {
            refused(given().get(path).then(), 404, "about:blank");
        }
        refused(post("/reports/generat", REPORT), 404, "about:blank").header("Cache-Control", "no-store");
        refused(given().delete("/nothing").then(), 404, "about:blank");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /reports/generate    | OPTIONS, POST",
                "DELETE | /reports/generate    | OPTIONS, POST",
                "FOO    | /reports/generate    | OPTIONS, POST",
                "POST   | /problems/empty-body | GET, HEAD, OPTIONS",
                "PUT    | /openapi             | GET, HEAD, OPTIONS",
                "POST   | /campaigns/x/status  | GET, HEAD, OPTIONS",
            })
    void aWrongMethodIsToldTheRightOnes(String method, String path, String allowed) {
        refused(given().request(method, path).then(), 405, "about:blank").header("Allow", allowed);
    }

    @Test
    void aWrongMethodOnJobsIsToldPost() {
        refused(given().put("/jobs").then(), 405, "about:blank").header("Allow", containsString("POST"));
    }

    @ParameterizedTest
    @CsvSource({"/faulty", "/faulty/at-once"})
    void aBugSaysNothingOfItself(String path) {
        String body = refused(given().get(path).then(), 500, "internal-error")
                .extract()
                .asString();
        assertEquals(false, body.contains(Faulty.SECRET) || body.contains("Exception") || body.contains(".java"));
    }

    @Test
    void aSaneRequestIdIsKept() {
        refused(given().header("X-Request-Id", "abc-123").get("/nothing").then(), 404, "about:blank")
                .body("request_id", equalTo("abc-123"));
        refused(given().header("X-Request-Id", "a b\"c").get("/nothing").then(), 404, "about:blank")
                .body("request_id", not(equalTo("a b\"c")));
    }

    @Test
    void everyProblemHasItsPage() {
        String type = post("/reports/generate", "{").extract().path("type");
        given().get(type)
                .then()
                .statusCode(200)
                .body("title", equalTo("Malformed JSON"))
                .body("remedy", not(emptyOrNullString()));
    }
}
