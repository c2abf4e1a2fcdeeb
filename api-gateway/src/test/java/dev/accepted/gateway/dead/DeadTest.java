package dev.accepted.gateway.dead;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.fixture.LogFiller;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Tokens;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators see of records that nobody could read, and what becomes of those that they settle. */
@GatewayTest
class DeadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String key = "garbage-" + UUID.randomUUID();

    private static RequestSpecification operator() {
        return given().header("Authorization", Tokens.bearer("fleet", "operations"));
    }

    /** Something on the topic of events that is no event, once it lies in jobs.dead; its offset there. */
    private int buried() {
        try (LogFiller log = new LogFiller()) {
            log.garbage(Topics.EVENTS, key);
        }
        await().atMost(PATIENCE).until(() -> listed("").isPresent());
        return Integer.parseInt(String.valueOf(listed("").orElseThrow().get("offset")));
    }

    private Optional<Map<String, Object>> listed(String query) {
        List<Map<String, Object>> items = operator()
                .get("/operations/dead?limit=200" + query)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .extract()
                .path("items");
        return items.stream().filter(item -> key.equals(item.get("key"))).findFirst();
    }

    private long inTheLog() {
        return LogView.of(Topics.EVENTS).stream()
                .filter(entry -> entry.key().equals(key))
                .count();
    }

    private static int total() {
        return operator()
                .get("/operations/audit")
                .then()
                .statusCode(200)
                .extract()
                .path("dead.total");
    }

    @Test
    void aRecordIsShownWholeWithWhyAndFromWhere() {
        int offset = buried();
        operator()
                .get("/operations/dead/" + offset)
                .then()
                .statusCode(200)
                .body("offset", equalTo(offset))
                .body("key", equalTo(key))
                .body("from", startsWith(Topics.EVENTS + "/"))
                .body("headers.dead_reason", equalTo(null));
        assertTrue(listed("").orElseThrow().containsKey("reason"));
    }

    @Test
    void aRecordThatWasDroppedIsOnNoListButThatOfTheSettledOnes() {
        int offset = buried();
        int before = total();
        operator()
                .delete("/operations/dead/" + offset + "?reason=nonsense")
                .then()
                .statusCode(204);
        assertEquals(Optional.empty(), listed(""));
        assertEquals(before - 1, total());
        Map<String, Object> settled = listed("&settled=true").orElseThrow();
        assertEquals("dropped", ((Map<?, ?>) settled.getOrDefault("settled", Map.of())).get("outcome"));
        assertEquals(1, inTheLog());
        for (String again : List.of("", "/send")) {
            operator()
                    .request(again.isEmpty() ? "DELETE" : "POST", "/operations/dead/" + offset + again)
                    .then()
                    .statusCode(409)
                    .body("type", endsWith("/problems/dead-record-settled"))
                    .body("outcome", equalTo("dropped"));
        }
        assertEquals(1, inTheLog());
    }

    @Test
    void aRecordThatIsSentAgainLiesWhereItCameFromAsItWas() {
        int offset = buried();
        String to = operator()
                .post("/operations/dead/" + offset + "/send")
                .then()
                .statusCode(200)
                .extract()
                .path("sent_to");
        List<LogView.Entry> both = LogView.of(Topics.EVENTS).stream()
                .filter(entry -> entry.key().equals(key))
                .toList();
        assertEquals(2, both.size());
        assertEquals(both.get(0).headers(), both.get(1).headers());
        Position at = both.get(1).at();
        assertEquals(at.topic() + "/" + at.partition() + "/" + at.offset(), to);
        // It is as unreadable as before, and lies among the dead once more, under another offset.
        await().atMost(PATIENCE)
                .until(() -> listed("")
                        .filter(item -> !Integer.valueOf(offset).equals(item.get("offset")))
                        .isPresent());
    }

    @Test
    void ofManyOperatorsOneSendsIt() {
        int offset = buried();
        List<CompletableFuture<Integer>> answers = Stream.generate(() -> CompletableFuture.supplyAsync(() ->
                        operator().post("/operations/dead/" + offset + "/send").statusCode()))
                .limit(8)
                .toList();
        List<Integer> codes =
                answers.stream().map(CompletableFuture::join).sorted().toList();
        assertEquals(200, codes.get(0), codes.toString());
        assertTrue(codes.subList(1, 8).stream().allMatch(code -> code == 409), codes.toString());
        assertEquals(2, inTheLog());
    }

    @Test
    void pagesLeadFromTheNewestToTheOldest() {
        int offset = buried();
        String next = operator()
                .get("/operations/dead?limit=1&settled=true&before=" + (offset + 1))
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .body("items[0].offset", equalTo(offset))
                .extract()
                .path("next");
        if (offset > 0) {
            operator().get(next).then().statusCode(200).body("items[0].offset", equalTo(offset - 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=x", "?before=-1", "?settled=maybe"})
    void aParameterThatDoesNotReadIsRefused(String query) {
        operator()
                .get("/operations/dead" + query)
                .then()
                .statusCode(400)
                .body("type", endsWith("/problems/invalid-parameter"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999999", "-1", "x", "99999999999999999999999"})
    void whereNothingLiesIsNothing(String offset) {
        for (String path : List.of("", "/send")) {
            operator()
                    .request(path.isEmpty() ? "DELETE" : "POST", "/operations/dead/" + offset + path)
                    .then()
                    .statusCode(404);
        }
        operator().get("/operations/dead/" + offset).then().statusCode(404);
    }

    @Test
    void itIsForOperatorsAlone() {
        int offset = buried();
        given().get("/operations/dead").then().statusCode(401);
        String other = Tokens.bearer("acme", "jobs:read jobs:write");
        for (String path : List.of("/operations/dead", "/operations/dead/" + offset)) {
            given().header("Authorization", other).get(path).then().statusCode(403);
        }
        given().header("Authorization", other)
                .delete("/operations/dead/" + offset)
                .then()
                .statusCode(403);
        given().header("Authorization", other)
                .post("/operations/dead/" + offset + "/send")
                .then()
                .statusCode(403);
        assertFalse(listed("").orElseThrow().containsKey("settled"));
    }
}
