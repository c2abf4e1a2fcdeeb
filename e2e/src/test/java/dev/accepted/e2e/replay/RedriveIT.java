package dev.accepted.e2e.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.e2e.Client;
import dev.accepted.e2e.LocalSystem;
import dev.accepted.e2e.SharedSystem;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Jobs that failed for two causes, one of which lasts: looked at dry, tried with a canary while it lasts, and run again once
 * it is mended. Prints figures; {@code -Dreplay.jobs} says how many.
 */
@ExtendWith(SharedSystem.class)
class RedriveIT {

    private static final int JOBS = Integer.getInteger("replay.jobs", 300);
    private static final int RATE = Math.max(50, JOBS / 20);
    private static final int CANARY = 20;
    private static final Duration BROKEN = Duration.ofSeconds(30 + JOBS / 100);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String REPLAYS = "/operations/replays";

    @Test
    void whatFailedForTwoCausesEndsOnceBothAreMended(LocalSystem system) throws Exception {
        Client client = new Client(system.url(), system.token());
        Instant began = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Instant mended = Instant.now().plus(BROKEN).truncatedTo(ChronoUnit.SECONDS);
        String lasting = batch(client, "{\"permanent\":true,\"until\":\"" + mended + "\"}");
        String passing = batch(client, "{\"permanent\":true,\"times\":1}");
        failed(client, lasting);
        failed(client, passing);
        dryRunNamesBoth(client, began);
        canaryStops(client, mended);
        Client.pause(Duration.between(Instant.now(), mended).plusSeconds(1));
        allEndAtTheRate(client, began);
        for (String batch : List.of(lasting, passing)) {
            JsonNode ended = client.json(client.get(batch));
            assertEquals(JOBS / 2, ended.at("/counts/succeeded").asInt(), ended::toString);
        }
        assertTrue(client.json(client.get("/operations/audit")).path("clean").asBoolean());
    }

    private static String batch(Client client, String input) {
        String line = "{\"type\":\"probe.fail\",\"input\":" + input + "}\n";
        HttpResponse<byte[]> answer = client.send(
                "POST",
                "/jobs/batch",
                "application/x-ndjson",
                line.repeat(JOBS / 2).getBytes(StandardCharsets.UTF_8));
        assertEquals(202, answer.statusCode());
        return client.json(answer).path("status_url").asText();
    }

    private static void failed(Client client, String batch) throws Exception {
        JsonNode ended = client.awaitEnd(batch, PATIENCE);
        assertEquals(JOBS / 2, ended.at("/counts/failed").asInt(), ended::toString);
    }

    private static void dryRunNamesBoth(Client client, Instant began) {
        long begin = System.nanoTime();
        JsonNode dry = client.json(client.send(
                "POST",
                REPLAYS,
                "application/json",
                "{\"mode\":\"failed\",\"select\":{\"created_after\":\"%s\"},\"dry_run\":true}"
                        .formatted(began)
                        .getBytes(StandardCharsets.UTF_8)));
        System.out.printf("DRY RUN of %d took %d ms: %s%n", JOBS, millisSince(begin), dry.path("causes"));
        assertEquals(JOBS, dry.path("matched").asInt(), dry::toString);
        assertEquals(2, dry.path("causes").size(), dry::toString);
        dry.path("causes")
                .forEach(cause -> assertEquals(JOBS / 2, cause.path("count").asInt(), dry::toString));
    }

    private static void canaryStops(Client client, Instant mended) throws Exception {
        JsonNode begun = client.submit(REPLAYS, """
                {"mode":"failed","select":{"error":"is broken until"},"canary":%d,"reason":"too early"}""".formatted(CANARY));
        JsonNode stopped = client.awaitEnd(begun.path("status_url").asText(), PATIENCE);
        assertTrue(Instant.now().isBefore(mended), "it took until all was mended: nothing is proven");
        assertEquals("stopped", stopped.path("status").asText(), stopped::toString);
        assertTrue(stopped.at("/counts/sent").asInt() <= CANARY, stopped::toString);
        System.out.printf("CANARY %s%n", stopped.path("stopped_because").asText());
    }

    private static void allEndAtTheRate(Client client, Instant began) throws Exception {
        long begin = System.nanoTime();
        JsonNode begun = client.submit(REPLAYS, """
                {"mode":"failed","select":{"created_after":"%s"},"canary":%d,"rate_per_second":%d,
                 "stop_at_failure_rate":0.2,"reason":"mended"}""".formatted(began, CANARY, RATE));
        assertEquals(JOBS, begun.at("/counts/matched").asInt(), begun::toString);
        JsonNode ended = client.awaitEnd(begun.path("status_url").asText(), PATIENCE);
        double seconds = millisSince(begin) / 1000.0;
        System.out.printf("REDRIVE of %d at %d/s took %.1f s%n", JOBS, RATE, seconds);
        assertEquals("succeeded", ended.path("status").asText(), ended::toString);
        assertEquals(JOBS, ended.at("/counts/succeeded").asInt(), ended::toString);
        assertFalse(seconds < (double) (JOBS - CANARY) / RATE - 1, "faster than was asked: " + seconds + " s");
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
