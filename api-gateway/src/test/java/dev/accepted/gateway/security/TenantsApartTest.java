package dev.accepted.gateway.security;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobResult;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.Rows;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.objects.ObjectStore;
import dev.accepted.objects.StoredObject;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One tenant has jobs, schedules, lists and results; another, with every right there is but {@code operations}, asks for them
 * on every route of the OpenAPI document. What is another's is answered, to the byte, as what is nobody's.
 */
@GatewayTest
class TenantsApartTest {

    private static final String EVERYTHING = "jobs:read jobs:write campaigns:write";
    private static final String OWNER = Tokens.bearer("owner", EVERYTHING);
    private static final String STRANGER = Tokens.bearer("stranger", EVERYTHING);
    private static final String LEDGER = "department,month,revenue,expense\nSales,2001-01,1,1\n";
    private static final String RECIPIENTS = "email\nsomebody@example.com\n";
    private static final String NIGHTLY = """
            {"cron":"0 3 1 1 *","zone":"UTC","type":"data.process","input":{"dataset_name":"a","data":[]}}""";

    /** What of an answer names the request itself. */
    private static final Set<String> OF_THE_REQUEST = Set.of("request_id", "instance");

    /** Of these a stranger has its own, or they are the same for everybody. */
    private static final Set<String> NOBODYS = Set.of(
            "/problems/{slug}",
            "/operations/barred/{kind}/{name}",
            "/operations/limits/{kind}/{name}",
            "/operations/queues/{queue}/pause",
            "/operations/dead/{offset}",
            "/operations/dead/{offset}/send",
            "/operations/replays/{id}",
            "/operations/replays/{id}/pause",
            "/operations/replays/{id}/resume",
            "/operations/replays/{id}/abort",
            "/operations/verifications/{id}",
            "/operations/verifications/{id}/abort",
            "/operations/rebuilds/{id}",
            "/operations/rebuilds/{id}/abort");

    private static final String OPERATORS = "/operations/";

    @Inject
    Rows rows;

    @Inject
    ObjectStore objects;

    @Inject
    SessionFactory sessions;

    private final Instant now = Instant.now();
    private final Jobs report = Jobs.of(Workers.REPORT, "owner", now);
    private final Jobs campaign = Jobs.of(Workers.CAMPAIGN, "owner", now);
    private final Jobs finished = Jobs.of(Workers.REPORT, "owner", now);
    private String digest = "";
    private String batch = "";

    /** What the owner has by the name that it has, and by the name of what nobody has. */
    private record Names(String owned, String nobodys) {}

    @BeforeEach
    void fill() throws SQLException, IOException {
        Workers.announceAll();
        StoredObject file = objects.put(
                "owner",
                Workers.REPORT.type(),
                "a.txt",
                "text/plain",
                new ByteArrayInputStream("secret".getBytes(StandardCharsets.US_ASCII)));
        digest = file.digest();
        JobResult result = new JobResult(digest, file.contentType(), file.sizeBytes(), file.name());
        JobState succeeded =
                finished.then(finished.started(now), 1, now, new Happening.Succeeded("w", now, result, Map.of()));
        JobFacts known = new JobFacts(null, null, "a-reference", Map.of("team", "red"), Map.of(), Map.of(), null);
        rows.insert(report.accepted(known), campaign.accepted(JobFacts.NONE), succeeded);
        batch = given().header("Authorization", OWNER)
                .contentType("application/json")
                .body("""
                    {"items":[{"type":"report.generate","input":{"report_type":"a","year":2023,"format":"pdf"}}]}""")
                .post("/jobs/batch")
                .then()
                .statusCode(202)
                .extract()
                .path("batch_id");
        put("/ledgers/2001", "text/csv; charset=utf-8", LEDGER);
        put("/recipient-lists/secret-list", "text/csv; charset=utf-8", RECIPIENTS);
        put("/schedules/secret-schedule", "application/json", NIGHTLY);
    }

    private static void put(String path, String type, String body) {
        int status = given().header("Authorization", OWNER)
                .header("Content-Type", type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .put(path)
                .statusCode();
        assertTrue(status == 200 || status == 201, path + ": " + status);
    }

    private static Response as(String token, String method, String path) {
        boolean posts = method.equals("POST") || method.equals("PATCH");
        var request = given().redirects().follow(false).header("Authorization", token);
        if (method.equals("PATCH")) {
            request.header("If-Match", "*");
        }
        return (posts ? request.contentType("application/json").body("{}") : request).request(method, path);
    }

    /** An answer without what names the request itself. */
    private static String told(Response answer) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        answer.headers().forEach(header -> headers.put(header.getName(), header.getValue()));
        headers.remove("X-Request-Id");
        String text = answer.asString();
        // The length is that of the names too.
        headers.remove("Content-Length");
        if (text.startsWith("{")) {
            ObjectNode body = (ObjectNode) Workers.json(text);
            text = body.remove(OF_THE_REQUEST).toString();
        }
        return answer.statusCode() + " " + headers + " " + text;
    }

    private List<Names> jobs() {
        return List.of(of(report), of(campaign), of(finished));
    }

    private Map<String, List<Names>> names() {
        return Map.of(
                "/jobs/{id}", jobs(),
                "/campaigns/{id}/status", List.of(of(campaign)),
                "/batches/{id}", List.of(of(batch)),
                "/schedules/{name}", List.of(new Names("secret-schedule", "nobodys-schedule")),
                "/ledgers/{year}", List.of(new Names("2001", "2002")),
                "/recipient-lists/{id}", List.of(new Names("secret-list", "nobodys-list")),
                "/results/{digest}", List.of(new Names(digest, "ab".repeat(32))));
    }

    /** The seal's last character is another. */
    private static Names of(Jobs job) {
        return of(job.id().text());
    }

    private static Names of(String id) {
        return new Names(id, id.substring(0, id.length() - 1) + (id.endsWith("0") ? '1' : '0'));
    }

    private List<Names> namesFor(String template) {
        List<Names> exact = names().get(template);
        if (exact != null) {
            return exact;
        }
        assertTrue(
                template.startsWith("/jobs/{id}/"),
                template + " is a route on which nobody has tried yet to see what is another tenant's: say in names()"
                        + " what the owner has there");
        return jobs();
    }

    /** Something that the owner has there, the last of it: a job with a result. */
    private String nameFor(String template) {
        List<Names> all = names().getOrDefault(template, jobs());
        return all == null ? "" : all.get(all.size() - 1).owned;
    }

    private static List<String> methods(JsonNode path) {
        List<String> methods = new ArrayList<>();
        path.fieldNames().forEachRemaining(name -> methods.add(name.toUpperCase(java.util.Locale.ROOT)));
        methods.retainAll(Set.of("GET", "POST", "DELETE", "PATCH"));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }

    @Test
    void whatIsAnothersIsAnsweredLikeWhatIsNobodysOnEveryRoute() {
        JsonNode paths = Workers.json(given().get("/openapi").asString()).path("paths");
        int compared = 0;
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            String template = path.getKey();
            if (!template.contains("{") || NOBODYS.contains(template) || template.startsWith(OPERATORS)) {
                continue;
            }
            for (Names names : namesFor(template)) {
                for (String method : methods(path.getValue())) {
                    Response foreign = as(STRANGER, method, filled(template, names.owned));
                    Response unknown = as(STRANGER, method, filled(template, names.nobodys));
                    assertEquals(told(unknown), told(foreign), method + " " + template);
                    assertEquals(404, foreign.statusCode(), method + " " + template);
                    compared++;
                }
            }
        }
        assertTrue(compared > 25, "Only " + compared + " answers were compared");
        // All of it is there, and it was nobody's to take away.
        as(OWNER, "GET", "/jobs/" + report.id()).then().statusCode(200).body("status", equalTo("queued"));
        as(OWNER, "GET", "/campaigns/" + campaign.id() + "/status").then().statusCode(200);
        as(OWNER, "GET", "/jobs/" + finished.id() + "/result").then().statusCode(303);
        as(OWNER, "GET", "/results/" + digest).then().statusCode(200);
        as(OWNER, "GET", "/batches/" + batch).then().statusCode(200);
        as(OWNER, "GET", "/schedules/secret-schedule").then().statusCode(200);
        as(OWNER, "GET", "/recipient-lists/secret-list").then().statusCode(200);
        as(OWNER, "GET", "/ledgers/2001").then().statusCode(200);
    }

    private static String filled(String template, String name) {
        return template.replaceFirst("\\{[a-z_]+}", name).replaceAll("\\{[a-z_]+}", "x");
    }

    @Test
    void theSealDecidesBeforeTheTableIsAsked() {
        long before = asked();
        for (String path : List.of("", "/timeline", "/result")) {
            as(STRANGER, "GET", "/jobs/" + report.id() + path).then().statusCode(404);
        }
        as(STRANGER, "DELETE", "/jobs/" + report.id()).then().statusCode(404);
        as(STRANGER, "POST", "/jobs/" + report.id() + "/cancel").then().statusCode(404);
        as(STRANGER, "GET", "/campaigns/" + campaign.id() + "/status").then().statusCode(404);
        assertEquals(before, asked(), "A foreign id costs what an unknown one costs: no look into the table");
        as(OWNER, "GET", "/jobs/" + report.id()).then().statusCode(200);
        assertTrue(asked() > before, "The count counts nothing");
    }

    private long asked() {
        return sessions.getStatistics().getPrepareStatementCount();
    }

    @Test
    void listsHaveNothingOfAnothersWhateverTheyAreFilteredBy() {
        for (String query : List.of(
                "",
                "?limit=200",
                "?status=queued",
                "?status=queued,processing,succeeded,failed&limit=200",
                "?type=report.generate,email.campaign",
                "?client_reference=a-reference",
                "?tag.team=red",
                "?created_after=" + now.minusSeconds(60),
                "?created_before=" + now.plusSeconds(60))) {
            String list = as(STRANGER, "GET", "/jobs" + query)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString();
            for (Jobs job : List.of(report, campaign, finished)) {
                assertFalse(list.contains(job.id().text()), query + ": " + list);
            }
        }
        as(STRANGER, "GET", "/schedules").then().statusCode(200).body("items.name", not(hasItem("secret-schedule")));
        as(OWNER, "GET", "/jobs?limit=200")
                .then()
                .body("items.job_id", hasItem(report.id().text()));
        as(OWNER, "GET", "/schedules").then().body("items.name", hasItem("secret-schedule"));
    }

    @Test
    void aCursorIsItsTenantsAlone() {
        String next = as(OWNER, "GET", "/jobs?limit=1")
                .then()
                .statusCode(200)
                .extract()
                .path("next");
        as(OWNER, "GET", next).then().statusCode(200);
        Response foreign = as(STRANGER, "GET", next);
        Response madeUp = as(STRANGER, "GET", next.substring(0, next.length() - 3) + "abc");
        assertEquals(400, foreign.statusCode());
        assertEquals(told(madeUp), told(foreign));
    }

    @Test
    void aJobCannotNameWhatIsAnothers() {
        String campaignOf = """
                {"campaign_name":"a","subject":"b","content":"c","recipient_list_id":"%s"}""";
        Response foreign = submitted(campaignOf.formatted("secret-list"));
        Response unknown = submitted(campaignOf.formatted("another-list"));
        assertEquals(422, foreign.statusCode());
        assertEquals(told(unknown).replace("another-list", "secret-list"), told(foreign));
    }

    private static Response submitted(String body) {
        return given().header("Authorization", STRANGER)
                .contentType("application/json")
                .body(body)
                .post("/email/campaigns");
    }

    @Test
    void theSameNamesAreTwoThings() {
        given().header("Authorization", STRANGER)
                .contentType("application/json")
                .body(NIGHTLY.replace("0 3", "0 4"))
                .put("/schedules/secret-schedule")
                .then()
                .statusCode(201);
        as(OWNER, "GET", "/schedules/secret-schedule").then().body("cron", equalTo("0 3 1 1 *"));
        as(STRANGER, "DELETE", "/schedules/secret-schedule").then().statusCode(204);
        as(OWNER, "GET", "/schedules/secret-schedule").then().statusCode(200);
    }

    @Test
    void whatIsTheFleetsIsOperatorsAlone() {
        JsonNode paths = Workers.json(given().get("/openapi").asString()).path("paths");
        int asked = 0;
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            if (path.getKey().startsWith(OPERATORS)) {
                for (String method : methodsOfOperators(path.getValue())) {
                    // The owner itself may not either: these are the fleet's eyes.
                    for (String token : List.of(OWNER, STRANGER)) {
                        String filled = filled(path.getKey(), nameForOperators(path.getKey()));
                        assertEquals(403, as(token, method, filled).statusCode(), method + " " + filled);
                        asked++;
                    }
                }
            }
        }
        assertTrue(asked > 40, "Only " + asked + " requests");
    }

    private static List<String> methodsOfOperators(JsonNode path) {
        List<String> methods = methods(path);
        if (path.has("put")) {
            methods.add("PUT");
        }
        return methods;
    }

    /** Of the operators' routes on jobs and results, the owner's. */
    private String nameForOperators(String template) {
        if (template.contains("{digest}")) {
            return "owner";
        }
        return template.startsWith("/operations/jobs/") ? finished.id().text() : "x";
    }

    @Test
    void underATypesPathThereAreJobsOfThatTypeAlone() {
        String path = "/campaigns/%s/status";
        as(OWNER, "GET", path.formatted(campaign.id())).then().statusCode(200);
        Response another = as(OWNER, "GET", path.formatted(report.id()));
        assertEquals(404, another.statusCode());
        assertEquals(told(as(OWNER, "GET", path.formatted(of(report).nobodys))), told(another));
    }

    @Test
    void everyPathThatIsReadCanBeAskedForItsHeadAndItsMethods() {
        JsonNode paths = Workers.json(given().get("/openapi").asString()).path("paths");
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            ((ObjectNode) path.getValue()).remove("parameters");
            String filled = path.getKey().equals("/problems/{slug}")
                    ? "/problems/empty-body"
                    : filled(path.getKey(), nameFor(path.getKey()));
            Response options = as(OWNER, "OPTIONS", filled);
            assertTrue(Set.of(200, 204).contains(options.statusCode()), filled + ": " + options.statusCode());
            String allowed = String.valueOf(options.header("Allow"));
            Set<String> said = Set.of(allowed.split(",\\s*"));
            StreamSupport.stream(((Iterable<String>) path.getValue()::fieldNames).spliterator(), false)
                    .map(method -> method.toUpperCase(java.util.Locale.ROOT))
                    .forEach(method -> assertTrue(said.contains(method), filled + " " + method + ": " + allowed));
            if (path.getValue().has("get")) {
                assertTrue(said.contains("HEAD"), filled + ": " + allowed);
                Response get = as(OWNER, "GET", filled);
                Response head = as(OWNER, "HEAD", filled);
                assertEquals(get.statusCode(), head.statusCode(), filled);
                assertEquals(get.header("ETag"), head.header("ETag"), filled);
                assertEquals("", head.asString(), filled);
            }
        }
    }
}
