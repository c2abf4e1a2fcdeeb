package dev.accepted.gateway.openapi;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Workers;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@GatewayTest
class OpenApiTest {

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private static JsonNode document() {
        return Workers.json(given().get("/openapi")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .extract()
                .asString());
    }

    @Test
    void everyTypeHasItsPathAndItsPlaceInPostJobs() {
        assertEquals("3.1.0", document().path("openapi").textValue());
        for (String path : new String[] {"/reports/generate", "/email/campaigns", "/data/process", "/jobs"}) {
            JsonNode post = document().at("/paths").path(path).path("post");
            assertTrue(post.at("/responses/202").isObject(), path);
            assertTrue(post.at("/responses/422").isObject(), path);
        }
        Set<String> types = new HashSet<>();
        document()
                .at("/paths/~1jobs/post/requestBody/content/application~1json/schema/oneOf")
                .forEach(option -> types.add(option.at("/properties/type/const").textValue()));
        assertTrue(types.contains("report.generate") && types.contains("email.campaign"), types.toString());
    }

    @Test
    void whatTakesNoAnonymousClientsSaysSo() {
        JsonNode campaigns = document().at("/paths/~1email~1campaigns/post/security");
        assertEquals(1, campaigns.size());
        assertEquals("campaigns:write", campaigns.at("/0/bearer/0").textValue());
        assertEquals(
                2, document().at("/paths/~1reports~1generate/post/security").size());
        assertTrue(document().at("/paths/~1campaigns~1{id}~1status/get").isObject());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        document().findValuesAsText("$ref").stream()
                .filter(reference -> reference.startsWith("#/components"))
                .forEach(reference ->
                        assertFalse(document().at(reference.substring(1)).isMissingNode(), reference));
    }

    @Test
    void operationsHaveNamesOfTheirOwn() {
        Set<String> names = new HashSet<>();
        for (JsonNode path : document().path("paths")) {
            for (JsonNode operation : path) {
                String name = operation.path("operationId").textValue();
                assertTrue(names.add(name), name);
            }
        }
    }
}
