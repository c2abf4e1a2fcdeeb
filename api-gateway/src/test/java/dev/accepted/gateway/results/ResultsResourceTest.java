package dev.accepted.gateway.results;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobResult;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.Rows;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.objects.ObjectStore;
import dev.accepted.objects.StoredObject;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@GatewayTest
class ResultsResourceTest {

    private static final String TEXT = "The quick brown fox jumps over the lazy dog";

    @Inject
    ObjectStore objects;

    @Inject
    Rows rows;

    private final Instant now = Instant.now();
    private final Jobs job = Jobs.of(Workers.REPORT, "local", now);

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private StoredObject stored(String name, byte[] content) throws IOException {
        return objects.put("local", Workers.REPORT.type(), name, "text/plain", new ByteArrayInputStream(content));
    }

    private StoredObject fox() throws IOException {
        return stored("fox.txt", TEXT.getBytes(StandardCharsets.UTF_8));
    }

    private JobState succeededWith(StoredObject file) {
        JobResult result = new JobResult(file.digest(), file.contentType(), file.sizeBytes(), file.name());
        return job.then(job.started(now), 1, now, new Happening.Succeeded("w", now, result, Map.of()));
    }

    @Test
    void aFinishedJobLeadsToItsResult() throws Exception {
        StoredObject file = fox();
        rows.insert(succeededWith(file));

        String location = given().redirects()
                .follow(false)
                .get("/jobs/" + job.id() + "/result")
                .then()
                .statusCode(303)
                .header("Location", startsWith("http://"))
                .header("Location", endsWith("/results/" + file.digest()))
                .extract()
                .header("Location");
        given().get(location)
                .then()
                .statusCode(200)
                .contentType(startsWith("text/plain"))
                .header("ETag", "\"" + file.digest() + "\"")
                .header("Content-Length", "43")
                .header("Content-Disposition", "attachment; filename=\"fox.txt\"; filename*=UTF-8''fox.txt")
                .header("Accept-Ranges", "bytes")
                .header("Cache-Control", "private, max-age=31536000, immutable")
                .body(is(TEXT));
    }

    @Test
    void aResultIsForThoseWhoMayReadJobsOfItsType() throws IOException {
        StoredObject mailed = objects.put(
                "local",
                Workers.CAMPAIGN.type(),
                "sent.csv",
                "text/csv",
                new ByteArrayInputStream(TEXT.getBytes(StandardCharsets.UTF_8)));
        String path = "/results/" + mailed.digest();
        given().get(path).then().statusCode(401);
        given().header("Authorization", Tokens.bearer("local", "jobs:read jobs:write"))
                .get(path)
                .then()
                .statusCode(403);
        given().header("Authorization", Tokens.bearer("local", "campaigns:write"))
                .get(path)
                .then()
                .statusCode(200);
        given().header("Authorization", Tokens.bearer("local", "campaigns:write"))
                .get("/results/" + fox().digest())
                .then()
                .statusCode(403);
    }

    @Test
    void whatIsNoResultIsServedToNobody() throws IOException {
        StoredObject input = objects.put("local", TEXT.getBytes(StandardCharsets.UTF_8));
        given().header("Authorization", Tokens.bearer("local", "jobs:read jobs:write campaigns:write"))
                .get("/results/" + input.digest())
                .then()
                .statusCode(404)
                .body("type", endsWith("/problems/result-not-found"));
    }

    @Test
    void headTellsTheLengthOfWhatGetWouldSend() throws IOException {
        given().head("/results/" + fox().digest())
                .then()
                .statusCode(200)
                .header("Content-Length", "43")
                .header("Accept-Ranges", "bytes");
    }

    @Test
    void aRunningJobHasNoResultYet() throws SQLException {
        rows.insert(job.started(now));

        given().get("/jobs/" + job.id() + "/result")
                .then()
                .statusCode(404)
                .header("Retry-After", matchesPattern("[0-9]+"))
                .body("type", containsString("/problems/result-not-ready"));
    }

    @Test
    void aFailedJobHasNone() throws SQLException {
        rows.insert(job.then(
                job.started(now), 1, now, new Happening.Failed("w", now, JobError.failed("no disk"), Map.of())));

        given().get("/jobs/" + job.id() + "/result")
                .then()
                .statusCode(404)
                .header("Retry-After", nullValue())
                .body("type", containsString("/problems/no-result"))
                .body("job_status", is("failed"));
    }

    @Test
    void aJobMaySucceedWithoutOne() throws SQLException {
        rows.insert(job.then(job.started(now), 1, now, new Happening.Succeeded("w", now, (JobResult) null, Map.of())));

        given().get("/jobs/" + job.id() + "/result")
                .then()
                .statusCode(404)
                .body("type", containsString("/problems/no-result"))
                .body("job_status", is("succeeded"));
    }

    @Test
    void pastTheRetentionItHasExpired() {
        Jobs old = Jobs.of(Workers.REPORT, "local", now.minus(Duration.ofDays(31)));

        given().get("/jobs/" + old.id() + "/result")
                .then()
                .statusCode(410)
                .body("type", containsString("/problems/result-expired"));
    }

    @Test
    void aPartIsSentAsAPart() throws IOException {
        given().header("Range", "bytes=4-8")
                .get("/results/" + fox().digest())
                .then()
                .statusCode(206)
                .header("Content-Range", "bytes 4-8/43")
                .header("Content-Length", "5")
                .body(is("quick"));
        given().header("Range", "bytes=-3")
                .get("/results/" + fox().digest())
                .then()
                .statusCode(206)
                .body(is("dog"));
    }

    @Test
    void aPartOfAnotherVersionIsTheWhole() throws IOException {
        String path = "/results/" + fox().digest();

        given().header("Range", "bytes=4-8")
                .header("If-Range", "\"other\"")
                .get(path)
                .then()
                .statusCode(200);
        given().header("Range", "bytes=4-8")
                .header("If-Range", "\"" + fox().digest() + "\"")
                .get(path)
                .then()
                .statusCode(206);
        given().header("Range", "bytes=0-1,4-5")
                .get(path)
                .then()
                .statusCode(200)
                .body(is(TEXT));
    }

    @Test
    void aRangePastTheEndSaysWhereThatIs() throws IOException {
        given().header("Range", "bytes=43-")
                .get("/results/" + fox().digest())
                .then()
                .statusCode(416)
                .header("Content-Range", "bytes */43")
                .body("type", containsString("/problems/range-not-satisfiable"));
    }

    @Test
    void whatTheClientHasIsNotSentAgain() throws IOException {
        given().header("If-None-Match", "\"" + fox().digest() + "\"")
                .get("/results/" + fox().digest())
                .then()
                .statusCode(304)
                .header("ETag", "\"" + fox().digest() + "\"")
                .body(is(""));
    }

    @Test
    void anEmptyResultIsOneToo() throws IOException {
        given().get("/results/" + stored("empty.txt", new byte[0]).digest())
                .then()
                .statusCode(200)
                .header("Content-Length", "0")
                .body(is(""));
    }

    @Test
    void aNameOfAnyLettersIsKept() throws IOException {
        StoredObject file = stored("Übersicht \"Q2\"*.txt", TEXT.getBytes(StandardCharsets.UTF_8));

        given().get("/results/" + file.digest())
                .then()
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"_bersicht _Q2__.txt\"; filename*=UTF-8''%C3%9Cbersicht%20%22Q2%22%2A.txt");
    }

    @Test
    void anotherTenantsResultIsNotThere() throws IOException {
        String path = "/results/" + fox().digest();

        given().header("Authorization", Tokens.bearer("acme", "jobs:read"))
                .get(path)
                .then()
                .statusCode(404)
                .body("type", containsString("/problems/result-not-found"));
        given().header("Authorization", Tokens.bearer("local", "jobs:read"))
                .get(path)
                .then()
                .statusCode(200);
        given().header("Authorization", Tokens.bearer("local", "other"))
                .get(path)
                .then()
                .statusCode(403);
        given().get("/results/..%2f..%2fetc").then().statusCode(404);
    }

    @Test
    void aLargeResultArrivesAsItWasStored() throws Exception {
        byte[] large = new byte[9_876_543];
        new Random(7).nextBytes(large);
        StoredObject file = stored("large.bin", large);

        byte[] got = given().get("/results/" + file.digest())
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();

        assertArrayEquals(sha256(large), sha256(got));
    }

    @Test
    void clientsThatDoNotReadKeepNobodyWaiting() throws Exception {
        StoredObject large = stored("large.txt", new byte[32 << 20]);
        URI gateway = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
        List<Socket> lazy = new ArrayList<>();
        try {
            // More of them than there are worker threads.
            for (int i = 0; i < 64; i++) {
                Socket socket = new Socket(gateway.getHost(), gateway.getPort());
                socket.getOutputStream()
                        .write(("GET /results/" + large.digest() + " HTTP/1.1\r\nHost: x\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertEquals('H', socket.getInputStream().read(), "its answer has begun");
                lazy.add(socket);
            }
            given().get("/results/" + fox().digest()).then().statusCode(200).body(is(TEXT));

            // And one that comes back to it gets the rest.
            InputStream rest = lazy.get(0).getInputStream();
            assertEquals(32 << 20, bodyLength(rest, 32 << 20));
        } finally {
            for (Socket socket : lazy) {
                socket.close();
            }
        }
    }

    private static long bodyLength(InputStream answer, int expected) throws IOException {
        int newlines = 0;
        while (newlines < 2) {
            int c = answer.read();
            newlines = c == '\n' ? newlines + 1 : c == '\r' ? newlines : 0;
        }
        return answer.readNBytes(expected).length;
    }

    private static byte[] sha256(byte[] content) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(content))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
