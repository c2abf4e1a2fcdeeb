package dev.accepted.gateway.status;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.Rows;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@GatewayTest
class JobPagesTest {

    @Inject
    Rows rows;

    private final String tenant = "t-" + UUID.randomUUID();
    private final Instant first = Instant.now().minusSeconds(1_000);
    private final List<String> ids = new ArrayList<>();

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    @BeforeEach
    void sevenJobsAndACampaign() throws SQLException {
        for (int i = 0; i < 7; i++) {
            Instant accepted = first.plusSeconds(100L * i);
            Jobs job = Jobs.of(i % 2 == 0 ? Workers.REPORT : Workers.DATA, tenant, accepted);
            JobFacts facts = new JobFacts(
                    null, null, "order-" + i % 3, Map.of("team", i < 3 ? "blue" : "red"), Map.of(), Map.of(), null);
            JobState state = i == 5 ? job.succeeded(accepted) : job.accepted(facts);
            rows.insert(state);
            ids.add(0, job.id().text());
        }
        Jobs campaign = Jobs.of(Workers.CAMPAIGN, tenant, first.plusSeconds(50));
        rows.insert(campaign.accepted(JobFacts.NONE));
        rows.insert(Jobs.of(Workers.REPORT, "another", first).accepted(JobFacts.NONE));
    }

    private ValidatableResponse get(String scopes, String path) {
        return given().header("Authorization", Tokens.bearer(tenant, scopes))
                .urlEncodingEnabled(false)
                .get(path)
                .then();
    }

    private List<String> ids(String query) {
        return get("jobs:read", "/jobs?" + query).statusCode(200).extract().path("items.job_id");
    }

    @Test
    void theCallersJobsComeNewestFirst() {
        get("jobs:read", "/jobs")
                .statusCode(200)
                .header("Link", nullValue())
                .header("Cache-Control", "private, no-cache")
                .body("items.job_id", is(ids))
                .body("next", nullValue())
                .body("items[1].status", is("succeeded"))
                .body("items[0].attempt", is(1));
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetition() {
        List<String> seen = new ArrayList<>();
        String next = "/jobs?limit=3";
        int pages = 0;
        while (next != null) {
            JsonPath page = get("jobs:read", next).statusCode(200).extract().jsonPath();
            seen.addAll(page.getList("items.job_id", String.class));
            next = page.getString("next");
            pages++;
        }
        assertEquals(ids, seen);
        assertEquals(3, pages);
    }

    @Test
    void theNextPageIsLinkedWithItsFilters() {
        ValidatableResponse page = get("jobs:read", "/jobs?limit=2&type=report.generate");
        String link = page.extract().header("Link");

        assertTrue(link.startsWith("</jobs?"), link);
        assertTrue(link.endsWith(">; rel=\"next\""), link);
        get("jobs:read", link.substring(1, link.indexOf('>')))
                .statusCode(200)
                .body("items.type", is(List.of("report.generate", "report.generate")))
                .body("next", nullValue());
    }

    @Test
    void aCursorServesOnlyWhatItWasMadeFor() {
        String next = get("jobs:read", "/jobs?limit=2").extract().path("next");

        get("jobs:read", next + "&status=queued")
                .statusCode(400)
                .body("type", containsString("/problems/invalid-cursor"));
        given().header("Authorization", Tokens.bearer("another", "jobs:read"))
                .get(next)
                .then()
                .statusCode(400);
        get("jobs:read", next.replace("limit=2", "limit=5")).statusCode(200).body("items", hasSize(5));
    }

    @Test
    void filtersNarrowTheList() {
        assertEquals(List.of(ids.get(1)), ids("status=succeeded"));
        assertEquals(
                7,
                ids("status=succeeded,queued&type=report.generate&type=data.process")
                        .size());
        assertEquals(List.of(ids.get(0), ids.get(3), ids.get(6)), ids("client_reference=order-0"));
        assertEquals(ids.subList(4, 7), ids("tag.team=blue"));
        assertEquals(List.of(), ids("tag.team=green"));
        String third = first.plusSeconds(200).toString();
        assertEquals(ids.subList(0, 5), ids("created_after=" + third));
        assertEquals(ids.subList(5, 7), ids("created_before=" + third));
        assertEquals(List.of(), ids("created_before=1960-01-01T00:00:00Z"));
    }

    @Test
    void campaignsAreListedForThoseWhoMayReadThem() {
        get("campaigns:write", "/jobs").body("items.type", is(List.of("email.campaign")));
        get("campaigns:write jobs:write", "/jobs").body("items", hasSize(8));
        get("campaigns:write", "/jobs?type=report.generate").body("items", hasSize(0));
        get("other", "/jobs").statusCode(403).body("scope", is("jobs:read"));
    }

    @Test
    void whatDoesNotReadIsNamed() {
        get("jobs:read", "/jobs?limit=0").statusCode(400).body("parameter", is("limit"));
        get("jobs:read", "/jobs?sort=id").statusCode(400).body("parameter", is("sort"));
        get("jobs:read", "/jobs?cursor=x").statusCode(400).body("type", containsString("/problems/invalid-cursor"));
    }
}
