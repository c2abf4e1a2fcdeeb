package dev.accepted.gateway.security;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.store.barred.Bar;
import dev.accepted.store.barred.BarTable;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators suspend tenants and revoke tokens while the gateway runs. */
@GatewayTest
class BarredTest {

    private static final String OPERATOR = Tokens.bearer("fleet", "operations");

    @Inject
    DataSource database;

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private static int put(String whom) {
        return given().header("Authorization", OPERATOR)
                .put("/operations/barred/" + whom)
                .statusCode();
    }

    private static int list(String token) {
        return given().header("Authorization", token).get("/jobs").statusCode();
    }

    @Test
    void aSuspendedTenantIsServedNothingUntilItIsLetInAgain() {
        String token = Tokens.bearer("late-payer", "jobs:read jobs:write");
        assertEquals(200, list(token));
        assertEquals(204, put("tenants/late-payer"));
        given().header("Authorization", token)
                .get("/jobs")
                .then()
                .statusCode(403)
                .body("type", endsWith("/problems/tenant-suspended"));
        assertEquals(200, list(Tokens.bearer("good-payer", "jobs:read")));
        given().header("Authorization", OPERATOR)
                .delete("/operations/barred/tenants/late-payer")
                .then()
                .statusCode(204);
        assertEquals(200, list(token));
    }

    @Test
    void anOperatorOfASuspendedTenantCanEndIt() {
        assertEquals(204, put("tenants/fleet"));
        given().header("Authorization", OPERATOR)
                .delete("/operations/barred/tenants/fleet")
                .then()
                .statusCode(204);
    }

    @Test
    void aRevokedTokenIsRefusedAndAnotherOfTheSameSubjectIsNot() {
        assertEquals(204, put("tokens/stolen"));
        String stolen = Tokens.bearer(Tokens.claims("acme", "jobs:read").claim("jti", "stolen"));
        given().header("Authorization", stolen)
                .get("/jobs")
                .then()
                .statusCode(401)
                .body("type", endsWith("/problems/invalid-token"))
                .body("detail", containsString("revoked"))
                .header("WWW-Authenticate", containsString("error=\"invalid_token\""));
        assertEquals(200, list(Tokens.bearer(Tokens.claims("acme", "jobs:read").claim("jti", "kept"))));
    }

    @Test
    void aSubjectsOldTokensAreRefusedAndItsNewOnesAreNot() {
        assertEquals(204, put("subjects/left-the-house"));
        Instant now = Instant.now();
        String old = Tokens.bearer(Tokens.claims("acme", "jobs:read")
                .subject("left-the-house")
                .issuedAt(now.minusSeconds(60).getEpochSecond()));
        String fresh = Tokens.bearer(Tokens.claims("acme", "jobs:read")
                .subject("left-the-house")
                .issuedAt(now.plusSeconds(5).getEpochSecond()));
        assertEquals(401, list(old));
        assertEquals(200, list(fresh));
    }

    @Test
    void whatIsWrittenElsewhereCountsHereWithinSeconds() throws SQLException {
        try (Connection connection = database.getConnection()) {
            BarTable.put(connection, Bar.Kind.TENANT, "told-by-another", null);
        }
        String token = Tokens.bearer("told-by-another", "jobs:read");
        await().atMost(Duration.ofSeconds(30)).until(() -> list(token) == 403);
    }

    @Test
    void whoIsBarredIsListedForOperatorsAlone() {
        assertEquals(204, put("tenants/listed?reason=because"));
        given().header("Authorization", OPERATOR)
                .get("/operations/barred")
                .then()
                .statusCode(200)
                .body("items.name", hasItem("listed"))
                .body("items.find { it.name == 'listed' }.reason", equalTo("because"))
                .body("items.find { it.name == 'listed' }.kind", equalTo("tenant"));
        given().get("/operations/barred").then().statusCode(401);
        String client = Tokens.bearer("acme", "jobs:read jobs:write campaigns:write");
        for (String path : List.of("/operations/barred", "/operations/barred/tenants/listed")) {
            given().header("Authorization", client)
                    .request(path.endsWith("listed") ? "DELETE" : "GET", path)
                    .then()
                    .statusCode(403);
        }
        given().header("Authorization", client)
                .put("/operations/barred/tenants/rival")
                .then()
                .statusCode(403);
        given().header("Authorization", OPERATOR)
                .get("/operations/barred")
                .then()
                .body("items.name", not(hasItem("rival")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenants/%20", "tenants/a%00b", "tenants/a?reason=%0A"})
    void whatCannotBeANameIsRefused(String whom) {
        given().urlEncodingEnabled(false)
                .header("Authorization", OPERATOR)
                .put("/operations/barred/" + whom)
                .then()
                .statusCode(400)
                .body("type", endsWith("/problems/invalid-parameter"));
    }

    @Test
    void anotherKindIsNoPath() {
        given().header("Authorization", OPERATOR)
                .put("/operations/barred/planets/mars")
                .then()
                .statusCode(404);
        given().header("Authorization", OPERATOR)
                .delete("/operations/barred/tenants/nobody")
                .then()
                .statusCode(404);
    }

    @Test
    void whatWasReadLastGoesOnToCountWhileTheDatabaseIsAway() {
        AtomicBoolean away = new AtomicBoolean();
        Barred barred = new Barred(() -> {
            if (away.get()) {
                throw new SQLException("gone");
            }
            return List.of(new Bar(Bar.Kind.TENANT, "suspended", null, Instant.EPOCH));
        });
        Caller suspended = new Caller("suspended", "somebody", Set.of("jobs:read"), false);
        assertDoesNotThrow(() -> barred.requireServed(suspended));
        barred.refresh();
        away.set(true);
        barred.refresh();
        assertThrows(Problem.class, () -> barred.requireServed(suspended));
        assertDoesNotThrow(() -> barred.requireServed(new Caller("other", "somebody", Set.of("jobs:read"), false)));
    }
}
