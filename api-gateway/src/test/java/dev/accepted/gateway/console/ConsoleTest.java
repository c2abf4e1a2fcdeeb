package dev.accepted.gateway.console;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.gateway.http.GatewayTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the console's files are sent. What the page does is seen in a browser: {@code ConsoleIT}. */
@GatewayTest
class ConsoleTest {

    private static final Path SOURCES = Path.of("src", "main", "resources", "console");
    private static final Pattern IMPORT = Pattern.compile("from '([^']+)'");

    private static Set<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> SOURCES.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void everyFileOfTheConsoleIsServedAndNoOther() throws IOException {
        assertEquals(sources(), new TreeSet<>(ConsoleFiles.NAMES));
        for (String name : ConsoleFiles.NAMES) {
            byte[] sent = given().get("/console/" + name)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asByteArray();
            assertEquals(Files.size(SOURCES.resolve(name)), sent.length, name);
        }
        for (String name :
                Set.of("", "x", "style", "views/", "../application.properties", "%2e%2e/openapi/jobs.json")) {
            Response answer = given().urlEncodingEnabled(false).get("/console/" + name);
            assertEquals(name.isEmpty() ? 200 : 404, answer.statusCode(), name);
        }
    }

    @Test
    void thePageMayLoadWhatIsHereAndNothingElse() {
        given().get("/console")
                .then()
                .statusCode(200)
                .header("Content-Type", equalTo("text/html; charset=utf-8"))
                .header("Content-Security-Policy", equalTo(ConsoleRoute.POLICY))
                .header("Content-Security-Policy", containsString("default-src 'none'; script-src 'self'"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Referrer-Policy", equalTo("no-referrer"))
                .header("Cache-Control", equalTo("no-cache"));
        given().get("/console/app.js").then().header("Content-Type", equalTo("text/javascript; charset=utf-8"));
        given().get("/console/icon.svg").then().header("Content-Type", equalTo("image/svg+xml"));
        given().get("/console/" + ConsoleFiles.LIBRARY)
                .then()
                .statusCode(200)
                .header("Content-Type", equalTo("text/javascript; charset=utf-8"))
                .body(containsString("html"));
    }

    @Test
    void nothingOfItIsInlineOrComesFromElsewhere() throws IOException {
        String page = Files.readString(SOURCES.resolve(ConsoleFiles.PAGE));
        assertFalse(page.matches("(?s).*<script(?![^>]* src=\"/console/)[^>]*>.*"), page);
        assertFalse(page.matches("(?s).*(<style|\\sstyle=|\\son[a-z]+=|javascript:).*"), page);
        for (String name : ConsoleFiles.NAMES) {
            String text = Files.readString(SOURCES.resolve(name)).replace("http://www.w3.org/2000/svg", "");
            assertFalse(text.matches("(?s).*(https?:|[\"'(]//).*"), name + " names another server");
            assertFalse(
                    text.matches("(?s).*(innerHTML|dangerouslySetInnerHTML|insertAdjacentHTML|\\beval\\().*"), name);
        }
    }

    @Test
    void everyImportIsServed() throws IOException {
        for (String name : ConsoleFiles.NAMES) {
            Path file = SOURCES.resolve(name);
            Set<String> imported = IMPORT.matcher(Files.readString(file))
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
            for (String relative : imported) {
                String path = SOURCES.relativize(file.resolveSibling(relative).normalize())
                        .toString()
                        .replace('\\', '/');
                assertTrue(
                        ConsoleFiles.NAMES.contains(path) || path.equals(ConsoleFiles.LIBRARY),
                        name + " imports " + relative);
            }
        }
    }

    @Test
    void whatABrowserHasIsNotSentAgain() {
        String tag = given().get("/console").then().extract().header("ETag");
        given().header("If-None-Match", tag)
                .get("/console")
                .then()
                .statusCode(304)
                .body(emptyString());
        given().header("If-None-Match", "\"another\"").get("/console").then().statusCode(200);
        given().head("/console")
                .then()
                .statusCode(200)
                .header("ETag", equalTo(tag))
                .body(emptyString());
    }

    @Test
    void whatIsNotThereIsAProblemAsElsewhere() {
        given().get("/console/nothing")
                .then()
                .statusCode(404)
                .header("Content-Type", equalTo("application/problem+json"))
                .header("Cache-Control", equalTo("no-store"))
                .body("request_id", notNullValue());
        given().post("/console")
                .then()
                .statusCode(405)
                .header("Allow", equalTo("GET, HEAD, OPTIONS"))
                .header("Content-Type", equalTo("application/problem+json"));
        given().options("/console").then().statusCode(204).header("Allow", equalTo("GET, HEAD, OPTIONS"));
    }
}
