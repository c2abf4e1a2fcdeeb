package dev.accepted.gateway.idempotency;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Workers;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deployment that takes no submission without a key. */
@GatewayTest
@TestProfile(RequiredKeyTest.Required.class)
class RequiredKeyTest {

    /** Keys are required. */
    public static final class Required implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("accepted.idempotency.required", "true");
        }
    }

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jobs", "/reports/generate"})
    void aSubmissionWithoutAKeyIsRefused(String path) {
        given().contentType("application/json")
                .body(Keys.REPORT)
                .post(path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .header("Link", equalTo("</problems/idempotency-key-missing>; rel=\"describedby\""))
                .body("type", endsWith("/problems/idempotency-key-missing"));
    }

    @Test
    void oneWithAKeyIsAccepted() {
        Keys.report(Keys.fresh()).statusCode(202);
    }
}
