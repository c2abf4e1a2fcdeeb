package dev.accepted.gateway.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.RawHttp;
import dev.accepted.gateway.http.Workers;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before there is a request, on the bytes themselves. */
@GatewayTest
class ConnectionTest {

    private static final String GOOD = "GET /problems/empty-body HTTP/1.1\r\nHost: a\r\n\r\n";

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private static String padded(String head, String tail, int length) {
        return head + "x".repeat(length - head.length() - tail.length()) + tail;
    }

    private static String head(String line, String type, String length) {
        return String.join("\r\n", line + " HTTP/1.1", "Host: a", "Content-Type: " + type, length, "", "");
    }

    private static void assertRefused(RawHttp.Answer answer, int status) {
        assertEquals(status, answer.status(), answer.body());
        assertEquals("application/problem+json", answer.headers().get("content-type"));
        assertEquals("close", answer.headers().get("connection"));
        JsonNode body = Workers.json(answer.body());
        assertEquals(status, body.path("status").asInt());
        assertEquals("about:blank", body.path("type").asText());
        assertEquals(
                answer.headers().get("x-request-id"), body.path("request_id").asText());
        assertFalse(body.path("request_id").asText().isEmpty());
        assertFalse(answer.body().contains("Exception") || answer.body().contains("netty"), answer.body());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "two lengths          | POST /jobs HTTP/1.1;Host: a;Content-Length: 5;Transfer-Encoding: chunked;;0;;",
                "two lengths, turned  | POST /jobs HTTP/1.1;Host: a;Transfer-Encoding: chunked;Content-Length: 5;;0;;",
                "lengths that differ  | POST /jobs HTTP/1.1;Host: a;Content-Length: 5;Content-Length: 6;;hello!",
                "lengths in a list    | POST /jobs HTTP/1.1;Host: a;Content-Length: 5, 6;;hello!",
                "a length with a sign | POST /jobs HTTP/1.1;Host: a;Content-Length: +5;;hello",
                "a negative length    | POST /jobs HTTP/1.1;Host: a;Content-Length: -5;;hello",
                "a length of no end   | POST /jobs HTTP/1.1;Host: a;Content-Length: 99999999999999999999;;hello",
                "no length            | POST /jobs HTTP/1.1;Host: a;Content-Length: five;;hello",
                "another coding       | POST /jobs HTTP/1.1;Host: a;Transfer-Encoding: gzip;;hello",
                "a coding in disguise | POST /jobs HTTP/1.1;Host: a;Transfer-Encoding: xchunked;;hello",
                "chunked at last      | POST /jobs HTTP/1.1;Host: a;Transfer-Encoding: gzip, chunked;;0;;",
                "chunked in HTTP/1.0  | POST /jobs HTTP/1.0;Host: a;Transfer-Encoding: chunked;;0;;",
                "no host              | GET /problems/empty-body HTTP/1.1;;",
                "two hosts            | GET /problems/empty-body HTTP/1.1;Host: a;Host: b;;",
                "space before a colon | GET /problems/empty-body HTTP/1.1;Host : a;;",
                "another version      | GET /problems/empty-body HTTP/3.0;Host: a;;",
                "no version           | GET /problems/empty-body;Host: a;;",
                "no HTTP at all       | hello, is anybody there;;",
                "NUL in a header      | GET /problems/empty-body HTTP/1.1;Host: a;X-A: b\0c;;",
            })
    void brokenFramingIsRefusedAndEndsTheConnection(String name, String lines) throws IOException {
        try (RawHttp connection = new RawHttp()) {
            connection.send(lines.replace(";", "\r\n") + GOOD);
            assertRefused(connection.read(), 400);
            assertTrue(connection.isClosedByPeer());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "no size,xyz",
        "a negative size,-5",
        "a size of no end,ffffffffffffffffffff",
        "no end of a chunk,'3\r\nabcdef'"
    })
    void brokenChunksAreRefusedAndEndTheConnection(String name, String chunk) throws IOException {
        try (RawHttp connection = new RawHttp()) {
            connection.send(head("POST /jobs", "application/json", "Transfer-Encoding: chunked") + "2\r\n{}\r\n");
            connection.send(chunk + "\r\n" + GOOD);
            assertRefused(connection.read(), 400);
            assertTrue(connection.isClosedByPeer());
        }
    }

    @Test
    void aUriMayHaveEightKibibytes() throws IOException {
        try (RawHttp connection = new RawHttp()) {
            connection.send(padded("GET /problems/", " HTTP/1.1\r\nHost: a\r\n\r\n", 4 + 8192 + 22));
            assertEquals(404, connection.read().status());
            connection.send(padded("GET /problems/", " HTTP/1.1\r\nHost: a\r\n\r\n", 4 + 8193 + 22));
            assertEquals(414, connection.read().status());
        }
    }

    @Test
    void aUriOfAnyLengthIsRefusedAndTheAnswerArrives() throws IOException {
        try (RawHttp connection = new RawHttp()) {
            connection.send(padded("GET /problems/", " HTTP/1.1\r\nHost: a\r\n\r\n", 1 << 20));
            assertRefused(connection.read(), 414);
            assertTrue(connection.isClosedByPeer());
        }
    }

    @Test
    void headersMayHaveSixteenKibibytes() throws IOException {
        String line = "GET /problems/empty-body HTTP/1.1\r\n";
        String host = "Host: a\r\n";
        try (RawHttp connection = new RawHttp()) {
            connection.send(line + host + padded("X-Much: ", "\r\n", 16384 - host.length()) + "\r\n");
            assertEquals(200, connection.read().status());
            connection.send(line + host + padded("X-Much: ", "\r\n", 16385 - host.length()) + "\r\n");
            assertEquals(431, connection.read().status());
        }
    }

    @Test
    void headersOfAnySizeAreRefusedAndTheAnswerArrives() throws IOException {
        try (RawHttp connection = new RawHttp()) {
            connection.send("GET /problems/empty-body HTTP/1.1\r\nHost: a\r\n" + "X-Much: 0123456789\r\n".repeat(50_000)
                    + "\r\n");
            assertRefused(connection.read(), 431);
            assertTrue(connection.isClosedByPeer());
        }
    }

    @Test
    void aRefusalWaitsForTheAnswersBeforeIt() throws IOException {
        try (RawHttp connection = new RawHttp()) {
            connection.send(GOOD + GOOD + "nonsense\r\n\r\n" + GOOD);
            assertEquals(200, connection.read().status());
            assertEquals(200, connection.read().status());
            assertRefused(connection.read(), 400);
            assertTrue(connection.isClosedByPeer());
        }
    }

    /** All are begun at once: each takes as long as the gateway has patience. */
    @Test
    void whatStandsStillIsGivenUp() throws IOException {
        try (RawHttp head = new RawHttp();
                RawHttp secondHead = new RawHttp();
                RawHttp body = new RawHttp();
                RawHttp upload = new RawHttp()) {
            head.send("GET /problems/empty-body HTTP/1.1\r\nHost:");
            secondHead.send(GOOD + "GET /problems/empty-body HT");
            body.send(head("POST /jobs", "application/json", "Content-Length: 50") + "{\"type\"");
            upload.send(head("PUT /ledgers/2020", "text/csv", "Content-Length: 50") + "date");
            assertEquals(200, secondHead.read().status());
            for (RawHttp connection : List.of(head, secondHead, body, upload)) {
                assertRefused(connection.read(), 408);
                assertTrue(connection.isClosedByPeer());
            }
        }
    }
}
