package dev.accepted.gateway.security;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import io.restassured.response.ValidatableResponse;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@GatewayTest
class AuthorizationTest {

    private static final String REPORT = "{\"report_type\":\"a\",\"year\":2023,\"format\":\"pdf\"}";

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private static ValidatableResponse report(String authorization) {
        return given().contentType("application/json")
                .header("Authorization", authorization)
                .body(REPORT)
                .post("/reports/generate")
                .then();
    }

    private static void invalid(ValidatableResponse answer) {
        answer.statusCode(401)
                .body("type", endsWith("/problems/invalid-token"))
                .header("WWW-Authenticate", containsString("error=\"invalid_token\""));
    }

    @Test
    void aProtectedRouteAsksForCredentials() {
        for (String path : new String[] {"/email/campaigns", "/jobs"}) {
            given().contentType("application/json")
                    .body("{\"type\":\"email.campaign\",\"input\":{}}")
                    .post(path)
                    .then()
                    .statusCode(401)
                    .body("type", endsWith("/problems/authentication-required"))
                    .header("WWW-Authenticate", equalTo("Bearer realm=\"jobs\""));
        }
    }

    @Test
    void theTenantIsTheTokens() {
        String id = report(Tokens.bearer("acme", "jobs:write"))
                .statusCode(202)
                .extract()
                .path("job_id");
        assertEquals("acme", LogView.commandOf(id).orElseThrow().headers().get("ce_tenant"));
    }

    @Test
    void aTokenOfTheLocalStackMayNameNoTenant() {
        String id = report(Tokens.bearer(Jwt.claims()
                        .issuer(Tokens.ISSUER)
                        .audience("accepted")
                        .expiresIn(60)
                        .claim("scope", "jobs:write")))
                .statusCode(202)
                .extract()
                .path("job_id");
        assertEquals("local", LogView.commandOf(id).orElseThrow().headers().get("ce_tenant"));
    }

    @Test
    void aTokenWithoutTheScopeIsRefused() {
        report(Tokens.bearer("acme", "jobs:read"))
                .statusCode(403)
                .body("type", endsWith("/problems/insufficient-scope"))
                .header("WWW-Authenticate", containsString("error=\"insufficient_scope\", scope=\"jobs:write\""));
        given().contentType("application/json")
                .header("Authorization", Tokens.bearer("acme", "jobs:read jobs:write"))
                .body("{\"type\":\"email.campaign\",\"input\":{}}")
                .post("/jobs")
                .then()
                .statusCode(403)
                .body("scope", equalTo("campaigns:write"));
    }

    @Test
    void aTokenThatDoesNotHoldIsRefused() {
        invalid(report(Tokens.bearer(Tokens.claims("acme", "jobs:write").expiresAt(1_000_000_000L))));
        invalid(report(Tokens.bearer(Tokens.claims("acme", "jobs:write").audience("another"))));
        invalid(report(Tokens.bearer(Tokens.claims("acme", "jobs:write").issuer("https://another.example"))));
        invalid(report("Bearer "
                + Tokens.claims("acme", "jobs:write").sign(Tokens.generate().getPrivate())));
        invalid(report("Bearer abc"));
    }

    @Test
    void aTokenWithoutAnEndIsRefused() {
        // The builder adds an end by itself; zero is long past.
        invalid(report(Tokens.bearer(Tokens.claims("acme", "jobs:write").expiresAt(0))));
    }

    @Test
    void anUnsignedTokenIsRefused() {
        String none = "eyJhbGciOiJub25lIn0.eyJ0ZW5hbnQiOiJhY21lIiwic2NvcGUiOiJqb2JzOndyaXRlIn0.";
        report("Bearer " + none).statusCode(401);
    }

    @Test
    void aMacWithThePublicKeyIsRefused() {
        invalid(report("Bearer "
                + Tokens.claims("acme", "jobs:write")
                        .jws()
                        .algorithm(SignatureAlgorithm.HS256)
                        .signWithSecret("a public key is no secret at all")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer a b", "Bearer \"x\"", "=", "Bearer a,b"})
    void aMalformedAuthorizationIsRefused(String value) {
        report(value)
                .statusCode(400)
                .body("type", endsWith("/problems/invalid-authorization"))
                .header("WWW-Authenticate", containsString("error=\"invalid_request\""));
    }

    @Test
    void anotherSchemeIsNoCredential() {
        report("Basic dXNlcjpwYXNz")
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Bearer"))
                .header("WWW-Authenticate", not(containsString("error")));
    }

    @Test
    void whatIsForEverybodyAsksNobody() {
        given().header("Authorization", "Bearer abc")
                .get("/problems/empty-body")
                .then()
                .statusCode(200);
        given().header("Authorization", "Bearer abc").get("/openapi").then().statusCode(200);
    }
}
