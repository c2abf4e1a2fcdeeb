package dev.accepted.gateway.catalog;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Workers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@GatewayTest
class CatalogTest {

    private static final JobTypeDescriptor STABLE =
            Workers.type("catalog.stable", "catalog", "/catalog/stable", "{\"type\":\"object\"}");

    @BeforeAll
    static void announce() {
        Workers.announce(STABLE);
    }

    private static int submit(String path, String body) {
        return given().contentType("application/json").body(body).post(path).statusCode();
    }

    /** What was sent before it has been read once this has. */
    private static void announceMarker(String name) {
        Workers.announce(Workers.type("catalog." + name, "catalog", null, "{\"type\":\"object\"}"));
    }

    @Test
    void aTypeIsServedOnceItIsAnnouncedAndNoLongerWhenItIsWithdrawn() {
        JobTypeDescriptor type = Workers.type("catalog.brief", "catalog", "/catalog/brief", "{\"type\":\"object\"}");
        assertEquals(404, submit("/catalog/brief", "{}"));
        Workers.announce(type);
        assertEquals(202, submit("/catalog/brief", "{}"));
        Workers.send("catalog.brief", null);
        await().until(() -> submit("/catalog/brief", "{}") == 404);
    }

    @Test
    void aNewerSchemaTakesTheOldOnesPlace() {
        String path = "/catalog/changing";
        Workers.announce(Workers.type("catalog.changing", "catalog", path, "{\"type\":\"object\"}"));
        assertEquals(202, submit(path, "{}"));
        Workers.announce(
                Workers.type("catalog.changing", "catalog", path, "{\"type\":\"object\",\"required\":[\"size\"]}"));
        await().until(() -> submit(path, "{}") == 422);
        assertEquals(202, submit(path, "{\"size\":1}"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "path of the gateway | path          | \"/jobs\"",
                "path not absolute   | path          | \"catalog/stable\"",
                "no status path      | status_path   | \"/nowhere\"",
                "prefix with digits  | id_prefix     | \"job1\"",
                "no schema           | input_schema  | null",
                "broken schema       | input_schema  | {\"type\":17}",
                "schema from outside | input_schema  | {\"$ref\":\"https://schemas.example/a.json\"}",
                "another type's key  | type          | \"catalog.other\"",
                "limit of zero       | max_input_bytes | 0",
                "queue no name       | queue         | \"no name\"",
            })
    void aDescriptorThatCannotBeServedChangesNothing(String name, String member, String value) throws Exception {
        ObjectNode descriptor = Wire.JSON.valueToTree(STABLE);
        descriptor.set(member, Wire.JSON.readTree(value));
        Workers.send("catalog.stable", Wire.JSON.writeValueAsBytes(descriptor));
        announceMarker("after-" + member.replace('_', '-') + "-" + Integer.toHexString(value.hashCode()));
        assertEquals(202, submit("/catalog/stable", "{}"));
    }

    @Test
    void aRecordThatDoesNotReadStopsNothing() {
        Workers.send("catalog.stable", "{".getBytes(StandardCharsets.UTF_8));
        Workers.send("catalog.stable", new byte[] {0, 1, 2});
        Workers.send("catalog.poison", "[]".getBytes(StandardCharsets.UTF_8));
        announceMarker("after-poison");
        assertEquals(202, submit("/catalog/stable", "{}"));
    }

    @Test
    void readinessSaysThatTheCatalogIsRead() {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'catalog' }.status", equalTo("UP"));
    }
}
