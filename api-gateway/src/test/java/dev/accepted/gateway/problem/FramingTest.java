package dev.accepted.gateway.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.RawHttp;
import dev.accepted.gateway.http.Workers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies as they come over the wire: sizes, chunks, clients that go on sending. */
@GatewayTest
class FramingTest {

    private static final int LIMIT = 1000;
    private static final JobTypeDescriptor SMALL = small();

    private static JobTypeDescriptor small() {
        JobTypeDescriptor plain = Workers.type("framing.small", "framing", "/framing/small", "{\"type\":\"object\"}");
        return new JobTypeDescriptor(
                plain.type(),
                plain.queue(),
                plain.title(),
                plain.path(),
                plain.idPrefix(),
                plain.idMember(),
                plain.statusPath(),
                plain.scope(),
                plain.anonymous(),
                LIMIT,
                null,
                plain.counters(),
                plain.references(),
                plain.typicalDuration(),
                plain.timeout(),
                plain.retry(),
                plain.inputSchema(),
                null);
    }

    @BeforeAll
    static void announce() {
        Workers.announce(SMALL);
    }

    private static String head(String more) {
        return "POST /framing/small HTTP/1.1\r\nHost: gateway.example:8443\r\nContent-Type: application/json\r\n" + more
                + "\r\n";
    }

    private static String bodyOf(int size) {
        return "{\"a\":\"" + "x".repeat(size - 8) + "\"}";
    }

    private static String chunk(String data) {
        return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
    }

    @Test
    void theLimitIsInclusive() throws IOException {
        try (RawHttp connection = new RawHttp()) {
            connection.send(head("Content-Length: " + LIMIT + "\r\n") + bodyOf(LIMIT));
            assertEquals(202, connection.read().status());
        }
    }

    @Test
    void aTooLargeBodyIsRefusedByItsLength() throws IOException {
        try (RawHttp connection = new RawHttp()) {
            connection.send(head("Content-Length: " + (LIMIT + 1) + "\r\n"));
            assertTooLarge(connection.read());
        }
    }

    @Test
    void aTooLargeBodyIsRefusedWhileItComes() throws IOException {
        try (RawHttp connection = new RawHttp()) {
            connection.send(head("Transfer-Encoding: chunked\r\n"));
            connection.send(chunk(bodyOf(LIMIT)));
            connection.send(chunk("x"));
            assertTooLarge(connection.read());
        }
    }

    private static void assertTooLarge(RawHttp.Answer answer) {
        assertEquals(413, answer.status());
        assertEquals("application/problem+json", answer.headers().get("content-type"));
        assertTrue(answer.body().contains("\"max_bytes\":" + LIMIT), answer.body());
        assertTrue(
                answer.body().contains("\"type\":\"http://gateway.example:8443/problems/content-too-large\""),
                answer.body());
    }

    @Test
    void aChunkedBodyIsPutTogether() throws IOException {
        try (RawHttp connection = new RawHttp()) {
            connection.send(head("Transfer-Encoding: chunked\r\n"));
            for (String part : new String[] {"{\"a\":", "\"b", "\"}"}) {
                connection.send(chunk(part));
            }
            connection.send("0\r\n\r\n");
            RawHttp.Answer answer = connection.read();
            assertEquals(202, answer.status());
            assertTrue(
                    answer.headers().getOrDefault("location", "").startsWith("http://gateway.example:8443/jobs/"),
                    answer.headers().toString());
        }
    }

    @Test
    void aClientThatGoesOnSendingSeesTheAnswerAndKeepsItsConnection() throws IOException {
        try (RawHttp connection = new RawHttp()) {
            int size = 4 << 20;
            connection.send(head("Content-Length: " + size + "\r\n"));
            connection.send(new byte[size]);
            assertTooLarge(connection.read());
            connection.send(head("Content-Length: 2\r\n") + "{}");
            assertEquals(202, connection.read().status());
        }
    }

    @Test
    void aClientThatDoesNotStopIsCutOff() throws IOException {
        try (RawHttp connection = new RawHttp()) {
            connection.send(head("Content-Length: 100000000\r\n"));
            assertTooLarge(connection.read());
            Instant since = Instant.now();
            assertTrue(connection.isClosedByPeer());
            Duration waited = Duration.between(since, Instant.now());
            assertTrue(waited.compareTo(Duration.ofSeconds(4)) > 0, waited.toString());
            assertTrue(waited.compareTo(Duration.ofSeconds(9)) < 0, waited.toString());
        }
    }

    @Test
    void anyRefusalLeavesTheConnectionUsable() throws IOException {
        try (RawHttp connection = new RawHttp()) {
            connection.send("POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n");
            connection.send(new byte[300_000]);
            assertEquals(404, connection.read().status());
            connection.send(head("Content-Length: 2\r\n") + "{}");
            assertEquals(202, connection.read().status());
        }
    }

    @Test
    void aClientThatAsksFirstIsToldToGoOn() throws IOException {
        try (RawHttp connection = new RawHttp()) {
            connection.send(head("Content-Length: 2\r\nExpect: 100-continue\r\n"));
            assertEquals(100, connection.read().status());
            connection.send("{}");
            assertEquals(202, connection.read().status());
        }
    }

    @Test
    void aClientThatAsksFirstIsRefusedBeforeItSends() throws IOException {
        try (RawHttp connection = new RawHttp()) {
            connection.send(head("Content-Length: 5000\r\nExpect: 100-continue\r\n"));
            assertTooLarge(connection.read());
        }
    }

    @Test
    void anotherExpectationIsNotMet() throws IOException {
        try (RawHttp connection = new RawHttp()) {
            connection.send(head("Content-Length: 2\r\nExpect: a-miracle\r\n") + "{}");
            assertEquals(417, connection.read().status());
        }
    }

    @Test
    void aTokenThatCameTwiceIsRefused() throws IOException {
        try (RawHttp connection = new RawHttp()) {
            connection.send(head("Content-Length: 2\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n") + "{}");
            RawHttp.Answer answer = connection.read();
            assertEquals(400, answer.status());
            assertTrue(answer.body().contains("/problems/invalid-authorization"), answer.body());
        }
    }

    @Test
    void aMissingContentTypeIsRefused() throws IOException {
        try (RawHttp connection = new RawHttp()) {
            connection.send("POST /framing/small HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}");
            RawHttp.Answer answer = connection.read();
            assertEquals(415, answer.status());
            assertTrue(answer.body().contains("/problems/unsupported-media-type"), answer.body());
        }
    }

    @Test
    void manyRequestsMayComeAtOnceOnOneConnection() throws IOException {
        try (RawHttp connection = new RawHttp()) {
            byte[] request = (head("Content-Length: 2\r\n") + "{}").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 5; i++) {
                connection.send(request);
            }
            for (int i = 0; i < 5; i++) {
                assertEquals(202, connection.read().status());
            }
        }
    }
}
