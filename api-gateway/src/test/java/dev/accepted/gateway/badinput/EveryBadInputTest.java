package dev.accepted.gateway.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.RawHttp;
import dev.accepted.gateway.http.Workers;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the contract's table, over a socket: the answer is what the row says, and nothing reaches a topic. */
@GatewayTest
class EveryBadInputTest {

    private static final Pattern GOSSIP = Pattern.compile(
            "Exception|\\bat [a-z]+\\.[a-z]|\\.java|dev\\.accepted|io\\.(vertx|netty|quarkus)|org\\.|jdbc");

    private static final List<Row> ROWS = Table.rows();
    private static final int TIMEOUT = 408;

    /** What stands still is begun before all others, for the gateway is patient. */
    private static final Map<Refused, RawHttp> STANDING = new HashMap<>();

    private static final AtomicInteger SENT = new AtomicInteger();
    private static final AtomicInteger ACCEPTED = new AtomicInteger();
    private static Map<String, String> prepared = Map.of();
    private static int commandsBefore;

    @Inject
    Preparation preparation;

    @BeforeEach
    void prepare() throws Exception {
        if (prepared.isEmpty()) {
            Workers.announceAll();
            prepared = preparation.prepare();
            commandsBefore = LogView.commands().size();
            for (Row row : ROWS) {
                for (Refused request : row.cases()) {
                    if (request.status() == TIMEOUT) {
                        STANDING.put(request, sent(request.sent()));
                    }
                }
            }
        }
    }

    static Stream<Arguments> requests() {
        return ROWS.stream().flatMap(row -> row.cases().stream().map(request -> Arguments.of(row.input(), request)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("requests")
    void isAnsweredAsTheContractSays(String input, Refused expected) throws IOException {
        RawHttp begun = STANDING.remove(expected);
        RawHttp.Answer answer = begun == null ? answerTo(expected.sent()) : answerOn(begun);
        assertEquals(expected.status(), answer.status(), answer.toString());
        expected.headers()
                .forEach((name, pattern) ->
                        assertMatches(name, pattern, answer.headers().get(name)));
        if (!expected.isProblem()) {
            ACCEPTED.incrementAndGet();
            return;
        }
        assertEquals("application/problem+json", answer.headers().get("content-type"));
        assertFalse(GOSSIP.matcher(answer.body()).find(), answer.body());
        JsonNode problem = Workers.json(answer.body());
        assertEquals(expected.status(), problem.path("status").asInt());
        assertFalse(problem.path("title").asText().isEmpty(), answer.body());
        assertFalse(problem.path("detail").asText().isEmpty(), answer.body());
        assertFalse(problem.path("request_id").asText().isEmpty(), answer.body());
        assertEquals(
                answer.headers().get("x-request-id"), problem.path("request_id").asText());
        expected.members().forEach((at, pattern) -> assertMatches(at, pattern, text(problem.at(at))));
        assertDocumented(expected, problem);
    }

    private static String text(JsonNode node) {
        assertFalse(node.isMissingNode(), "The member is missing");
        return node.asText();
    }

    private static void assertMatches(String what, String pattern, @org.jspecify.annotations.Nullable String value) {
        boolean asLiteral = pattern.equals(value);
        assertTrue(
                asLiteral || value != null && value.matches(pattern), () -> what + " is " + value + ", not " + pattern);
    }

    /** The type is the status alone, or an address that says what the problem means. */
    private static void assertDocumented(Refused expected, JsonNode problem) throws IOException {
        String type = problem.path("type").asText();
        if (expected.slug().equals(Refused.BLANK)) {
            assertEquals(Refused.BLANK, type);
            return;
        }
        String path = "/problems/" + expected.slug();
        assertEquals("http://" + Sent.HOST + path, type);
        RawHttp.Answer page = answerTo(Sent.get(path));
        assertEquals(200, page.status(), path);
        JsonNode documented = Workers.json(page.body());
        assertEquals(problem.path("title").asText(), documented.path("title").asText());
        assertEquals(expected.status(), documented.path("status").asInt());
    }

    private static RawHttp.Answer answerTo(Sent sent) throws IOException {
        return answerOn(sent(sent));
    }

    private static RawHttp sent(Sent sent) throws IOException {
        RawHttp connection = new RawHttp();
        connection.send(sent.bytes(prepared, marker(SENT.incrementAndGet())));
        return connection;
    }

    private static RawHttp.Answer answerOn(RawHttp begun) throws IOException {
        try (begun) {
            return begun.read();
        }
    }

    private static String marker(int number) {
        return "unwanted" + number + "x";
    }

    /** What was accepted, by the rows that say "never an error", is there; nothing else of all that was sent is. */
    @AfterAll
    static void nothingOfItIsInATopic() {
        assertEquals(commandsBefore + ACCEPTED.get(), LogView.commands().size());
        List<LogView.Entry> everything = LogView.everything();
        for (LogView.Entry entry : everything) {
            String record = entry.key()
                    + entry.headers()
                    + (entry.value() == null ? "" : new String(entry.value(), StandardCharsets.ISO_8859_1));
            assertFalse(record.contains("unwanted"), record);
        }
        assertFalse(everything.isEmpty());
    }
}
