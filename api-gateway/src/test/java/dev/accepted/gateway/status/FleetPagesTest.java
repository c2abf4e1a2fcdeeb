package dev.accepted.gateway.status;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.Rows;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.gateway.system.GatewayConfig;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators' lists of the jobs of all tenants. */
@GatewayTest
class FleetPagesTest {

    @Inject
    Rows rows;

    @Inject
    JobRecords records;

    @Inject
    FleetBody bodies;

    @Inject
    PageCursor cursors;

    @Inject
    Clock clock;

    @Inject
    GatewayConfig config;

    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private final String one = "one-" + mark;
    private final String two = "two-" + mark;
    private final Instant first = Instant.now().minusSeconds(1_000);
    private final List<String> ids = new ArrayList<>();

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    /** Six jobs of two tenants, in turn; the third failed, the fourth was rejected. The newest comes first. */
    @BeforeEach
    void fill() throws SQLException {
        for (int i = 0; i < 6; i++) {
            Instant at = first.plusSeconds(10L * i);
            Jobs job = Jobs.of(i < 4 ? Workers.REPORT : Workers.CAMPAIGN, i % 2 == 0 ? one : two, at);
            JobState state = job.accepted(
                    new JobFacts(null, null, "ref-" + mark, Map.of("n", "" + i), Map.of(), Map.of(), null));
            if (i == 2) {
                JobError error = JobError.failed("The Disk of 100% is FULL (" + mark + ")");
                state = job.then(state, 1, at, new Happening.Failed("w", at, error, Map.of()));
            } else if (i == 3) {
                state = job.then(state, 1, at, new Happening.Rejected("w", at, "/a", "no such thing " + mark));
            }
            rows.insert(state);
            ids.add(0, job.id().text());
        }
    }

    private static ValidatableResponse get(String path) {
        return given().header("Authorization", Tokens.bearer("fleet", "operations"))
                .urlEncodingEnabled(false)
                .get(path)
                .then();
    }

    private List<String> ids(String query) {
        List<String> found = new ArrayList<>();
        String next = "/operations/jobs?" + query;
        while (next != null) {
            JsonPath page = get(next).statusCode(200).extract().jsonPath();
            found.addAll(page.getList("items.job_id", String.class));
            next = page.getString("next");
        }
        return found;
    }

    @Test
    void jobsOfAllTenantsComeNewestFirstAndSayWhoseTheyAre() {
        String list = "/operations/jobs?client_reference=ref-" + mark;
        get(list)
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("items.job_id", is(ids))
                .body("items.tenant", is(List.of(two, one, two, one, two, one)))
                .body("items[0].queue", is("email"))
                .body("items[0].campaign_id", is(ids.get(0)))
                .body("items[3].error.title", is("Job failed"))
                .body("next", nullValue());
        assertTrue(new HashSet<>(ids("limit=200")).containsAll(ids));
    }

    @Test
    void filtersNarrowTheList() {
        assertEquals(List.of(ids.get(0), ids.get(2), ids.get(4)), ids("tenant=" + two));
        assertEquals(ids, ids("tenant=" + one + "," + two));
        assertEquals(List.of(ids.get(0)), ids("tenant=" + two + "&queue=email"));
        assertEquals(ids.subList(2, 6), ids("queue=reports&client_reference=ref-" + mark));
        assertEquals(ids.subList(0, 2), ids("type=email.campaign&client_reference=ref-" + mark));
        assertEquals(List.of(ids.get(3)), ids("status=failed&client_reference=ref-" + mark));
        assertEquals(List.of(ids.get(4)), ids("tag.n=1&tenant=" + one + "," + two));
        assertEquals(
                ids.subList(0, 2), ids("created_after=" + first.plusSeconds(35) + "&client_reference=ref-" + mark));
        assertEquals(List.of(), ids("tenant=nobody-" + mark));
    }

    @Test
    void anErrorIsFoundByAnyPartOfItsTitleOrItsDetailInWhateverCase() {
        assertEquals(List.of(ids.get(3)), ids("error=disk%20OF%20100%25%20is%20full%20(" + mark));
        assertEquals(List.of(ids.get(2), ids.get(3)), ids("error=" + mark));
        assertEquals(List.of(ids.get(2)), ids("error=job%20Rejected&tenant=" + two));
        assertEquals(List.of(), ids("error=disk_of%20100&tenant=" + one), "an underscore is an underscore");
        assertEquals(List.of(), ids("error=nothing-" + mark));
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetition() {
        assertEquals(ids, ids("limit=1&client_reference=ref-" + mark));
        assertEquals(ids, ids("limit=4&tenant=" + one + "&tenant=" + two));
    }

    @Test
    void aPageThatIsNotFullWhenItsTimeIsOverSaysWhereTheNextGoesOn() throws Exception {
        FleetPages hurried = new FleetPages(records, bodies, cursors, clock, config, 2, Duration.ZERO);
        List<Integer> sizes = new ArrayList<>();
        List<String> found = new ArrayList<>();
        Map<String, List<String>> query =
                Map.of("client_reference", List.of("ref-" + mark), "queue", List.of("reports"));
        Map<String, List<String>> asked = query;
        for (int page = 0; page < 20; page++) {
            JsonNode body = (JsonNode) hurried.page(asked).getEntity();
            sizes.add(body.path("items").size());
            body.path("items").forEach(job -> found.add(job.path("job_id").asText()));
            if (!body.has("next")) {
                break;
            }
            asked = new HashMap<>(query);
            asked.put("cursor", List.of(body.path("next").asText().replaceFirst(".*cursor=", "")));
        }
        assertEquals(ids.subList(2, 6), found);
        assertEquals(List.of(0, 2, 2, 0), sizes, "two rows were looked at for each page");
    }

    @Test
    void aCursorIsGoodForNoOtherList() {
        String next = get("/operations/jobs?limit=1&tenant=" + one)
                .statusCode(200)
                .extract()
                .path("next");
        String cursor = next.substring(next.indexOf("cursor="));
        get("/operations/jobs?tenant=" + two + "&" + cursor)
                .statusCode(400)
                .body("type", endsWith("/problems/invalid-cursor"));
        given().header("Authorization", Tokens.bearer(one, "jobs:read operations"))
                .urlEncodingEnabled(false)
                .get("/jobs?limit=1&" + cursor)
                .then()
                .statusCode(400);
        String clients = given().header("Authorization", Tokens.bearer(one, "jobs:read"))
                .get("/jobs?limit=1")
                .then()
                .statusCode(200)
                .extract()
                .path("next");
        get("/operations/jobs?limit=1&" + clients.substring(clients.indexOf("cursor=")))
                .statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"colour=red", "status=done", "limit=x", "error=", "tenant=a%00b", "created_after=soon"})
    void whatDoesNotReadIsRefused(String query) {
        get("/operations/jobs?" + query)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", endsWith("/problems/invalid-parameter"));
    }

    @Test
    void whoIsNoOperatorSeesNoneOfIt() {
        given().get("/operations/jobs").then().statusCode(401);
        given().header("Authorization", Tokens.bearer(one, "jobs:read jobs:write campaigns:write"))
                .get("/operations/jobs")
                .then()
                .statusCode(403)
                .body("scope", is("operations"));
        given().header("Authorization", Tokens.bearer(one, "jobs:read"))
                .get("/jobs?limit=200")
                .then()
                .body("items.job_id", not(hasItem(ids.get(0))))
                .body("items[0].tenant", nullValue());
        given().header("Authorization", Tokens.bearer(one, "jobs:read"))
                .get("/jobs?tenant=" + two)
                .then()
                .statusCode(400);
    }
}
