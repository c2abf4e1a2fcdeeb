package dev.accepted.gateway.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobResult;
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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that nobody here has written fetch a result: Java's own, and the program curl. */
@GatewayTest
class RealClientsTest {

    private static final int SIZE = 3_000_000;
    private static final String TENANT = "clients";
    private static final String TOKEN = Tokens.bearer(TENANT, "jobs:read");

    @Inject
    Rows rows;

    @Inject
    ObjectStore objects;

    @TempDir
    Path directory;

    private final byte[] content = new byte[SIZE];
    private String result = "";
    private StoredObject file = new StoredObject("", "", "", 0, null);

    @BeforeEach
    void finishAJob() throws Exception {
        Workers.announceAll();
        new Random(SIZE).nextBytes(content);
        file = objects.put(
                TENANT,
                Workers.REPORT.type(),
                "figures.bin",
                "application/octet-stream",
                new ByteArrayInputStream(content));
        Jobs job = Jobs.of(Workers.REPORT, TENANT, Instant.now());
        Instant now = Instant.now();
        JobResult made = new JobResult(file.digest(), file.contentType(), file.sizeBytes(), file.name());
        rows.insert(job.then(job.started(now), 1, now, new Happening.Succeeded("w", now, made, Map.of())));
        result = ConfigProvider.getConfig().getValue("test.url", String.class) + "/jobs/" + job.id() + "/result";
    }

    @Test
    void javasClientFollowsToTheResult() throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(result))
                .header("Authorization", TOKEN)
                .build();
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, answer.statusCode());
        assertTrue(
                answer.uri().getPath().equals("/results/" + file.digest()),
                answer.uri().toString());
        assertEquals(303, answer.previousResponse().orElseThrow().statusCode());
        assertArrayEquals(content, answer.body());
    }

    @Test
    void curlSavesAResultUnderItsName() throws Exception {
        curl(200, "-L", "-OJ", result);
        assertArrayEquals(content, Files.readAllBytes(directory.resolve("figures.bin")));
    }

    @Test
    void curlFetchesParts() throws Exception {
        assertPart(0, 100, "0-99");
        assertPart(1_000_000, 2_000_000, "1000000-1999999");
        assertPart(SIZE - 500, SIZE, "-500");
        assertPart(SIZE - 7, SIZE, (SIZE - 7) + "-");
    }

    private void assertPart(int from, int until, String range) throws Exception {
        curl(206, "-L", "-r", range, "-o", "part", result);
        assertArrayEquals(
                Arrays.copyOfRange(content, from, until), Files.readAllBytes(directory.resolve("part")), range);
    }

    @Test
    void curlIsToldThatThereIsNoSuchPart() throws Exception {
        curl(416, "-L", "-r", SIZE + "-", "-o", "part", result);
        assertTrue(Files.readString(directory.resolve("part")).contains("/problems/range-not-satisfiable"));
    }

    @Test
    void curlGoesOnWhereItWasBrokenOff() throws Exception {
        Path half = directory.resolve("half");
        Files.write(half, Arrays.copyOf(content, SIZE / 2));
        curl(206, "-L", "-C", "-", "-o", "half", result);
        assertArrayEquals(content, Files.readAllBytes(half));
    }

    @Test
    void aPartIsOfTheFileThatTheClientMeansOrItIsTheWhole() throws Exception {
        curl(206, "-L", "-r", "0-9", "-H", "If-Range: \"" + file.digest() + "\"", "-o", "part", result);
        assertEquals(10, Files.size(directory.resolve("part")));
        curl(200, "-L", "-r", "0-9", "-H", "If-Range: \"another\"", "-o", "whole", result);
        assertArrayEquals(content, Files.readAllBytes(directory.resolve("whole")));
    }

    /** Runs curl in the directory, with the token, and makes sure of the last answer's status. */
    private void curl(int status, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(found(), "-sS", "--max-time", "60", "-w", "%{http_code}", "-H", "Authorization: " + TOKEN));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(90, TimeUnit.SECONDS));
        assertTrue(said.endsWith(Integer.toString(status)), said);
    }

    private static String found() {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            Path program = Path.of(folder, "curl");
            if (Files.isExecutable(program)) {
                return program.toString();
            }
        }
        if (System.getProperty("accepted.tools", "optional").equals("required")) {
            fail("There is no curl on the path, and -Daccepted.tools=required wants it");
        }
        System.out.println("There is no curl on the path: what it would fetch is not tested");
        assumeTrue(false, "no curl");
        return "";
    }
}
