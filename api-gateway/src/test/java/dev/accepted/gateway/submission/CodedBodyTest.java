package dev.accepted.gateway.submission;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.RawHttp;
import dev.accepted.gateway.http.Workers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies that come by gzip. */
@GatewayTest
class CodedBodyTest {

    private static final byte[] REPORT =
            "{\"report_type\":\"a\",\"year\":2023,\"format\":\"pdf\"}".getBytes(StandardCharsets.UTF_8);
    private static final int LIMIT = 10 << 20;

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(coded)) {
            out.write(bytes);
        }
        return coded.toByteArray();
    }

    /** Over a socket: REST Assured would write a charset behind the type. */
    private static RawHttp.Answer send(String line, String type, String coding, byte[] body) throws IOException {
        try (RawHttp connection = new RawHttp()) {
            connection.send(String.join(
                    "\r\n",
                    line + " HTTP/1.1",
                    "Host: a",
                    "Content-Type: " + type,
                    "Content-Encoding: " + coding,
                    "Content-Length: " + body.length,
                    "",
                    ""));
            connection.send(body);
            return connection.read();
        }
    }

    private static RawHttp.Answer report(String coding, byte[] body) throws IOException {
        return send("POST /reports/generate", "application/json", coding, body);
    }

    private static void assertAnswer(int status, RawHttp.Answer answer) {
        Assertions.assertEquals(status, answer.status(), answer.body());
    }

    @Test
    void theLogGetsTheBytesWithoutTheirCoding() throws IOException {
        for (String coding : new String[] {"gzip", "GZIP", "x-gzip"}) {
            RawHttp.Answer answer = report(coding, gzip(REPORT));
            assertAnswer(202, answer);
            String id = Workers.json(answer.body()).path("job_id").asText();
            assertArrayEquals(REPORT, LogView.commandOf(id).orElseThrow().value());
        }
        assertAnswer(202, report("identity", REPORT));
    }

    @Test
    void theLimitIsOfTheBytesWithoutTheirCoding() throws IOException {
        byte[] largest = new byte[LIMIT + 1];
        Arrays.fill(largest, (byte) ' ');
        System.arraycopy(REPORT, 0, largest, 0, REPORT.length);
        assertAnswer(202, report("gzip", gzip(Arrays.copyOf(largest, LIMIT))));
        assertAnswer(413, report("gzip", gzip(largest)));
    }

    @Test
    void whatIsCutShortIsRefused() throws IOException {
        byte[] coded = gzip(REPORT);
        assertAnswer(400, report("gzip", Arrays.copyOf(coded, coded.length - 5)));
        assertAnswer(400, report("gzip", Arrays.copyOf(coded, 5)));
        coded[coded.length - 6] ^= 1;
        assertAnswer(400, report("gzip", coded));
        assertAnswer(400, report("gzip", new byte[0]));
        assertAnswer(400, report("gzip", gzip(new byte[0])));
    }

    @Test
    void referenceDataMayComeSo() throws IOException {
        byte[] ledger = "department,month,revenue,expense\nSales,1999-01,1,1\n".getBytes(StandardCharsets.UTF_8);
        assertAnswer(201, send("PUT /ledgers/1999", "text/csv", "gzip", gzip(ledger)));
        given().get("/ledgers/1999").then().statusCode(200).body("row_count", equalTo(1));
        assertAnswer(400, send("PUT /ledgers/1998", "text/csv", "gzip", ledger));
        given().get("/ledgers/1998").then().statusCode(404);
    }

    @Test
    void anUploadThatGrowsBeyondTheLimitIsRefused() throws IOException {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(coded)) {
            out.write("department,month,revenue,expense\n".getBytes(StandardCharsets.UTF_8));
            // Few and long: that each row is read takes its time.
            byte[] row = ("Sales" + " ".repeat(10_000) + ",1997-01,1,1\n").getBytes(StandardCharsets.UTF_8);
            for (long size = 0; size < 65L << 20; size += row.length) {
                out.write(row);
            }
        }
        assertAnswer(413, send("PUT /ledgers/1997", "text/csv", "gzip", coded.toByteArray()));
        given().get("/ledgers/1997").then().statusCode(404);
    }

    @Test
    void anotherCodingIsRefusedWithWhatIsTaken() throws IOException {
        RawHttp.Answer answer = report("zstd", REPORT);
        assertAnswer(415, answer);
        Assertions.assertEquals("gzip", answer.headers().get("accept-encoding"));
        given().get(Workers.json(answer.body()).path("type").asText().replaceFirst("http://[^/]+", ""))
                .then()
                .statusCode(200)
                .body("type", endsWith("/problems/unsupported-content-coding"));
    }
}
