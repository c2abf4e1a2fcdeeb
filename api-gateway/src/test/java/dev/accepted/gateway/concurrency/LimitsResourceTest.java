package dev.accepted.gateway.concurrency;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Limit;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators set limits while the gateway runs. */
@GatewayTest
class LimitsResourceTest {

    private static final String PATH = "/operations/limits/";

    @Inject
    JobsInTheLog jobs;

    @Inject
    Limited limited;

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private static RequestSpecification operator() {
        return given().header("Authorization", Tokens.bearer("fleet", "operations"));
    }

    private static ValidatableResponse put(String which, String body) {
        return operator()
                .urlEncodingEnabled(false)
                .contentType("application/json")
                .body(body)
                .put(PATH + which)
                .then();
    }

    @Test
    void aLimitIsSetChangedShownAndTakenAway() {
        put("queues/some-queue", "{\"most\":10,\"reason\":\"it is small\"}")
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("kind", is("queue"))
                .body("name", is("some-queue"))
                .body("most", is(10))
                .body("reason", is("it is small"))
                .body("running", is(0))
                .body("waiting", is(0))
                .body("since", notNullValue());
        put("queues/some-queue", "{\"most\":0}")
                .statusCode(200)
                .body("most", is(0))
                .body("$", not(hasKey("reason")));
        operator().get(PATH + "queues/some-queue").then().statusCode(200).body("most", is(0));
        operator().get("/operations/limits").then().statusCode(200).body("items.name", hasItem("some-queue"));
        operator().delete(PATH + "queues/some-queue").then().statusCode(204);
        operator().delete(PATH + "queues/some-queue").then().statusCode(404);
        operator().get(PATH + "queues/some-queue").then().statusCode(404);
    }

    @Test
    void itSaysHowManyRunAndHowManyWait() throws Exception {
        Limit tenant = Limited.tenant("counted");
        limited.set(tenant, 1);
        limited.set(new Limit(Limit.Kind.TYPE, Workers.REPORT.type()), 1_000);
        Jobs running = jobs.send(Workers.REPORT, tenant.name(), 1, JobFacts.NONE);
        org.junit.jupiter.api.Assertions.assertTrue(limited.begins(running, 1));
        limited.waiting(Jobs.of(Workers.REPORT, tenant.name(), Instant.now()), JobFacts.NONE, tenant);
        operator()
                .get(PATH + "tenants/counted")
                .then()
                .statusCode(200)
                .body("running", is(1))
                .body("waiting", is(1));
        operator()
                .get("/operations/limits")
                .then()
                .body("items.find { it.name == 'counted' }.running", equalTo(1))
                .body("items.find { it.name == 'report.generate' }.waiting", equalTo(1));
        limited.drop(new Limit(Limit.Kind.TYPE, Workers.REPORT.type()));
        limited.drop(tenant);
    }

    @Test
    void theLimitOfEachTenantIsOneLikeTheOthers() {
        put("tenants/*", "{\"most\":1000000}").statusCode(201).body("name", is("*"));
        operator().urlEncodingEnabled(false).delete(PATH + "tenants/*").then().statusCode(204);
    }

    @Test
    void limitsAreOperatorsAlone() {
        String client = Tokens.bearer("acme", "jobs:read jobs:write campaigns:write");
        for (String path : List.of("/operations/limits", PATH + "tenants/acme")) {
            given().get(path).then().statusCode(401);
            given().header("Authorization", client).get(path).then().statusCode(403);
        }
        given().header("Authorization", client)
                .contentType("application/json")
                .body("{\"most\":1}")
                .put(PATH + "tenants/rival")
                .then()
                .statusCode(403);
        given().header("Authorization", client)
                .delete(PATH + "tenants/rival")
                .then()
                .statusCode(403);
        operator().get(PATH + "tenants/rival").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
        [1]                       | ''        | type
        {}                        | /most     | required
        {"most":-1}               | /most     | minimum
        {"most":1000001}          | /most     | maximum
        {"most":99999999999999999999} | /most | maximum
        {"most":1.5}              | /most     | type
        {"most":"1"}              | /most     | type
        {"most":null}             | /most     | type
        {"most":1,"reason":""}    | /reason   | maxLength
        {"most":1,"reason":7}     | /reason   | type
        {"most":1,"reason":"a\\u0000"} | /reason | pattern
        {"most":1,"until":"noon"} | /until    | additionalProperties
        """)
    void whatIsNoLimitIsRefused(String body, String pointer, String code) {
        put("tenants/refused", body)
                .statusCode(422)
                .body("type", endsWith("/problems/validation-error"))
                .body("errors[0].pointer", org.hamcrest.Matchers.endsWith(pointer))
                .body("errors[0].code", is(code));
        operator().get(PATH + "tenants/refused").then().statusCode(404);
    }

    @Test
    void aBodyThatIsNoneIsRefused() {
        put("tenants/refused", "").statusCode(400).body("type", endsWith("/problems/empty-body"));
        put("tenants/refused", "{\"most\":1").statusCode(400).body("type", endsWith("/problems/malformed-json"));
        operator()
                .contentType("text/plain")
                .body("most=1")
                .put(PATH + "tenants/refused")
                .then()
                .statusCode(415);
        put("tenants/refused", "{\"reason\":\"" + "x".repeat(17_000) + "\"}").statusCode(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenants/%20", "tenants/a%00b"})
    void whatCannotBeANameIsRefused(String which) {
        put(which, "{\"most\":1}").statusCode(400).body("type", endsWith("/problems/invalid-parameter"));
    }

    @Test
    void anotherKindIsNoPath() {
        put("planets/mars", "{\"most\":1}").statusCode(404);
        operator().get(PATH + "tenant/acme").then().statusCode(404);
    }
}
