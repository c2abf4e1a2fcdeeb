package dev.accepted.gateway.draining;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.RawHttp;
import dev.accepted.gateway.http.Workers;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A gateway of its own, which is told to stop. */
@GatewayTest
@TestProfile(DrainingTest.Leaving.class)
public class DrainingTest {

    private static final String REPORT = "{\"report_type\":\"a\",\"year\":2023,\"format\":\"pdf\"}";

    /** It takes its time between telling others and refusing. */
    public static class Leaving implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("accepted.drain.notice", "PT3S", "accepted.drain.timeout", "PT60S");
        }
    }

    @Inject
    Draining draining;

    private static int submit() {
        return given().contentType("application/json")
                .body(REPORT)
                .post("/reports/generate")
                .statusCode();
    }

    private static void awaitReadiness(int status, @Nullable RawHttp inFlight) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> goesOn(inFlight) && given().get("/q/health/ready").statusCode() == status);
    }

    /** Its body must not stand still. */
    private static boolean goesOn(@Nullable RawHttp inFlight) throws IOException {
        if (inFlight != null) {
            inFlight.send("1\r\n \r\n");
        }
        return true;
    }

    @Test
    void itLeavesWithoutBreakingAPromise() throws Exception {
        Workers.announceAll();
        awaitReadiness(200, null);
        try (RawHttp inFlight = new RawHttp()) {
            inFlight.send("POST /reports/generate HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n");
            inFlight.send("Transfer-Encoding: chunked\r\n\r\n");
            CompletableFuture<Void> drained = CompletableFuture.runAsync(this::drain);

            awaitReadiness(503, inFlight);
            assertEquals(202, submit(), "Readiness went down, and for a while all is served as ever");

            await().atMost(Duration.ofSeconds(60)).until(() -> goesOn(inFlight) && submit() == 503);
            int commands = LogView.commands().size();
            given().contentType("application/json")
                    .body(REPORT)
                    .post("/reports/generate")
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .body("type", endsWith("/problems/temporary-reduced-capacity"))
                    .body("request_id", not(emptyOrNullString()))
                    .header("Retry-After", "1")
                    .header("Connection", "close");
            assertEquals(commands, LogView.commands().size());
            given().get("/jobs").then().statusCode(200);
            assertFalse(drained.isDone(), "It waits for the request in flight");

            inFlight.send(Integer.toHexString(REPORT.length()) + "\r\n" + REPORT + "\r\n0\r\n\r\n");
            assertEquals(202, inFlight.read().status());
            await().atMost(Duration.ofSeconds(60)).until(drained::isDone);
        }
    }

    private void drain() {
        try {
            draining.drain(new ShutdownDelayInitiatedEvent());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
