package dev.accepted.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that are told of their jobs, on a system of two gateways. */
@ExtendWith(SharedSystem.class)
class WebhookIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MEASURED = 50;

    private static LocalSystem system;
    private static WebhookReceiver receiver;
    private static Client client;

    @BeforeAll
    static void use(LocalSystem shared) throws Exception {
        system = shared;
        client = new Client(system.url());
        receiver = new WebhookReceiver();
    }

    @AfterAll
    static void stop() throws Exception {
        if (receiver != null) {
            receiver.close();
        }
    }

    private static String submit(String type, String input, String path, String events) {
        return client.submit(
                        "/jobs",
                        "{\"type\":\"%s\",\"input\":%s,\"callback\":{\"url\":\"%s\",\"events\":%s}}"
                                .formatted(type, input, receiver.url(path), events))
                .get("job_id")
                .asText();
    }

    private static void await(BooleanSupplier holds) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "it did not come to be within " + PATIENCE);
            Client.pause(Duration.ofMillis(20));
        }
    }

    private static JsonNode delivery(String job) {
        return client.json(client.get("/jobs/" + job + "/deliveries")).at("/items/0");
    }

    /** What was answered; an attempt that a loaded machine lost before it sent anything got no answer. */
    private static List<Integer> statusCodes(String job) {
        List<Integer> codes = new ArrayList<>();
        delivery(job).path("attempts").forEach(attempt -> {
            if (attempt.has("status_code")) {
                codes.add(attempt.get("status_code").asInt());
            }
        });
        return codes;
    }

    @Test
    void theEndIsToldSignedAndOnce() throws Exception {
        String job = submit("probe.noop", "{}", "/ok", "[\"done\"]");
        await(() -> receiver.of("/ok").stream().anyMatch(m -> m.body().contains(job)));
        WebhookReceiver.Received message = receiver.of("/ok").stream()
                .filter(m -> m.body().contains(job))
                .findFirst()
                .orElseThrow();
        String secret =
                client.json(client.get("/webhooks/secret")).get("secret").asText();
        new Webhook(secret).verify(message.body(), message.headers());
        JsonNode told = client.json(message.body().getBytes(StandardCharsets.UTF_8));
        assertEquals("job.succeeded", told.get("type").asText());
        assertEquals(job, told.at("/data/job_id").asText());
        assertEquals(client.json(client.get("/jobs/" + job)), told.get("data"));
        await(() -> delivery(job).path("done").asBoolean());
        assertEquals(List.of(204), statusCodes(job));
        assertEquals(
                1,
                client.json(client.get("/jobs/" + job + "/deliveries"))
                        .path("items")
                        .size());
    }

    @Test
    void whoeverIsAwayIsToldLaterUnderTheSameId() throws Exception {
        String job = submit("probe.fail", "{\"permanent\":true}", "/second-time", "[\"failed\"]");
        await(() -> receiver.of("/second-time").size() >= 2);
        List<WebhookReceiver.Received> both = receiver.of("/second-time");
        assertEquals(both.get(0).id(), both.get(1).id());
        assertEquals(both.get(0).body(), both.get(1).body());
        await(() -> delivery(job).path("done").asBoolean());
        JsonNode delivery = delivery(job);
        assertEquals("succeeded", delivery.get("status").asText());
        assertEquals(List.of(503, 200), statusCodes(job));
        HttpResponse<byte[]> again = client.post(
                "/jobs/" + job + "/deliveries/" + delivery.get("delivery_id").asText() + "/redeliver", "");
        assertEquals(202, again.statusCode());
        int before = both.size();
        await(() -> receiver.of("/second-time").size() > before);
        assertEquals(
                1,
                receiver.of("/second-time").stream()
                        .map(WebhookReceiver.Received::id)
                        .distinct()
                        .count());
        assertEquals(
                1,
                receiver.of("/second-time").stream()
                        .map(WebhookReceiver.Received::body)
                        .distinct()
                        .count());
    }

    @Test
    void whoeverIsGoneIsToldNothingMore() throws Exception {
        String job = submit("probe.noop", "{}", "/gone", "[\"done\"]");
        await(() -> delivery(job).path("done").asBoolean());
        assertEquals("failed", delivery(job).get("status").asText());
        assertEquals(List.of(410), statusCodes(job));
        assertEquals(1, receiver.of("/gone").size());
    }

    @Test
    void noRedirectIsFollowed() throws Exception {
        String job = submit("probe.noop", "{}", "/moved", "[\"done\"]");
        await(() -> delivery(job).path("next_attempt_at").isTextual());
        assertEquals(List.of(302), statusCodes(job));
        assertTrue(receiver.of("/ok").stream().noneMatch(m -> m.body().contains(job)));
        assertEquals(
                200,
                client.send(
                                "DELETE",
                                "/jobs/" + delivery(job).get("delivery_id").asText(),
                                null,
                                new byte[0])
                        .statusCode());
    }

    /** From the worker's event, by the time that the log gave it, to the receiver; one job after the other. */
    @Test
    void theTimeFromTheEventToTheReceiver() throws Exception {
        List<Long> millis = new ArrayList<>();
        for (int n = 0; n < MEASURED; n++) {
            String job = submit("probe.noop", "{}", "/timed", "[\"done\"]");
            await(() -> receiver.of("/timed").stream().anyMatch(m -> m.body().contains(job)));
            WebhookReceiver.Received message = receiver.of("/timed").stream()
                    .filter(m -> m.body().contains(job))
                    .findFirst()
                    .orElseThrow();
            JsonNode told = client.json(message.body().getBytes(StandardCharsets.UTF_8));
            Instant event = Instant.parse(told.get("timestamp").asText());
            millis.add(Duration.between(event, message.at()).toMillis());
        }
        millis.sort(null);
        System.out.printf(
                "webhook: from the event in the log to the receiver, %d jobs: p50 %d ms, p90 %d ms, max %d ms%n",
                MEASURED, millis.get(MEASURED / 2), millis.get(MEASURED * 9 / 10), millis.get(MEASURED - 1));
        assertEquals(
                MEASURED,
                receiver.of("/timed").stream()
                        .map(WebhookReceiver.Received::id)
                        .distinct()
                        .count());
    }

    @Test
    void theDeliveriesAreInNoListAndTheSystemIsClean() throws Exception {
        Instant began = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String job = submit("probe.noop", "{}", "/listed", "[\"started\",\"done\"]");
        await(() -> receiver.of("/listed").size() == 2);
        JsonNode page = client.json(client.get("/jobs?limit=200&created_after=" + began));
        page.path("items")
                .forEach(item -> assertTrue(item.path("type").asText().startsWith("probe."), item.toString()));
        assertTrue(page.toString().contains(job));
    }
}
