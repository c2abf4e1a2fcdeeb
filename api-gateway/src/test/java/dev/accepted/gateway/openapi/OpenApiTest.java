package dev.accepted.gateway.openapi;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.gateway.http.Faulty;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Workers;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@GatewayTest
class OpenApiTest {

    @Inject
    BeanManager beans;

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
                .at("/components/schemas/Submission/oneOf")
                .forEach(option -> types.add(document()
                        .at(option.path("$ref").textValue().substring(1) + "/properties/type/const")
                        .textValue()));
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
    void whatIsReadIsServedToHeadWithoutABody() {
        JsonNode head = document().at("/paths/~1jobs~1{id}/head");
        assertTrue(head.at("/responses/200/headers/ETag").isObject());
        assertTrue(head.at("/responses/404/description").isTextual());
        head.path("responses").forEach(response -> assertFalse(response.has("content"), response.toString()));
    }

    @Test
    void everyRefusalSaysWhichProblemsItCanBe() {
        JsonNode document = document();
        operations(document).forEach((place, operation) -> {
            assertFalse(operation.has("x-problems"), place);
            assertTrue(operation.path("responses").has("503"), place);
            operation.path("responses").properties().forEach(answer -> {
                if (answer.getKey().compareTo("400") >= 0 && !place.startsWith("head ")) {
                    JsonNode problem = resolved(answer.getValue(), document).at("/content/application~1problem+json");
                    assertTrue(
                            problem.at("/schema/allOf/1/properties/type").size() == 1, place + " " + answer.getKey());
                    assertFalse(problem.path("examples").isEmpty(), place + " " + answer.getKey());
                }
            });
        });
        JsonNode submission = document.at("/paths/~1jobs/post/responses");
        assertTrue(resolved(submission.path("422"), document).toString().contains("unknown-job-type"));
        assertFalse(resolved(document.at("/paths/~1data~1process/post/responses/422"), document)
                .toString()
                .contains("unknown-job-type"));
        assertTrue(resolved(submission.path("503"), document).path("headers").has("Retry-After"));
        assertTrue(resolved(submission.path("401"), document).path("headers").has("WWW-Authenticate"));
    }

    @Test
    void aReceiptLinksToTheStatusTheResultAndTheCancel() {
        JsonNode document = document();
        JsonNode links = resolved(document.at("/paths/~1reports~1generate/post/responses/202"), document)
                .path("links");
        Set<String> ways = new HashSet<>();
        links.forEach(
                link -> ways.add(resolved(link, document).path("operationId").textValue()));
        assertEquals(Set.of("readJob", "readResult", "readTimeline", "cancelJob"), ways);
        JsonNode campaign = document.at("/paths/~1email~1campaigns/post/responses/202");
        assertEquals(
                "read_email_campaign", campaign.at("/links/status/operationId").textValue());
        assertEquals(
                "$response.body#/campaign_id",
                campaign.at("/links/status/parameters/id").textValue());
        assertEquals(
                "#/components/schemas/email.campaign.job",
                campaign.at("/content/application~1json/schema/$ref").textValue());
        assertTrue(document.at("/components/schemas/email.campaign.job/allOf/1/required")
                .toString()
                .contains("recipient_count"));
    }

    @Test
    void everyRouteOfTheGatewayIsInTheDocument() {
        JsonNode document = document();
        Set<String> described = operations(document).keySet();
        Set<String> served = new TreeSet<>();
        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            Path root = bean.getBeanClass().getAnnotation(Path.class);
            // A class that begins with a variable is the catch-all: it serves what the catalog says.
            if (root != null && !root.value().startsWith("/{") && bean.getBeanClass() != Faulty.class) {
                served.addAll(routes(root.value(), bean.getBeanClass()));
            }
        }
        assertTrue(served.contains("get /jobs/{id}/timeline"), served.toString());
        served.removeAll(described);
        assertEquals(Set.of(), served);
    }

    private static Set<String> routes(String root, Class<?> resource) {
        Set<String> routes = new TreeSet<>();
        for (Method method : resource.getDeclaredMethods()) {
            for (Annotation annotation : method.getAnnotations()) {
                HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (http != null) {
                    Path path = method.getAnnotation(Path.class);
                    String template = (root + "/" + (path == null ? "" : path.value())).replaceAll("/+", "/");
                    routes.add(http.value().toLowerCase(Locale.ROOT) + " "
                            + template.replaceAll("/$", "").replaceAll("\\{([^}:]+):[^}]*}", "{$1}"));
                }
            }
        }
        return routes;
    }

    @Test
    void whatASchemaSaysOfItselfStillLeadsThere() {
        Workers.announce(Workers.type("test.inner", "reports", null, """
            {"type":"object","properties":{"a":{"$ref":"#/$defs/small"}},
             "$defs":{"small":{"type":"integer","maximum":9}}}\
            """));
        String reference = document()
                .at("/components/schemas/test.inner.input/properties/a/$ref")
                .textValue();
        assertEquals(9, document().at(reference.substring(1)).path("maximum").intValue(), reference);
    }

    private static Map<String, JsonNode> operations(JsonNode document) {
        Map<String, JsonNode> operations = new TreeMap<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(member -> {
                    if (!member.getKey().equals("parameters")) {
                        operations.put(member.getKey() + " " + path.getKey(), member.getValue());
                    }
                }));
        return operations;
    }

    private static JsonNode resolved(JsonNode node, JsonNode document) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        JsonNode document = document();
        List<String> references = document.findValuesAsText("$ref");
        assertTrue(references.size() > 100, "Only " + references.size());
        references.forEach(
                reference -> assertFalse(document.at(reference.substring(1)).isMissingNode(), reference));
    }

    @Test
    void operationsHaveNamesOfTheirOwn() {
        Set<String> names = new HashSet<>();
        operations(document()).forEach((place, operation) -> {
            String name = operation.path("operationId").asText();
            assertTrue(!name.isEmpty() && names.add(name), place + " " + name);
        });
    }
}
