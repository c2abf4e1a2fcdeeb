package dev.accepted.engine.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ValveTest {

    private final Valve valve = new Valve();

    @Test
    void itIsShutUntilTheFirstRenewal() throws Exception {
        assertFalse(valve.awaitOpen(Duration.ZERO));
        valve.turn(true);
        assertTrue(valve.awaitOpen(Duration.ZERO));
        valve.turn(false);
        assertFalse(valve.isOpen());
    }

    @Test
    void whoWaitsIsWokenWhenItOpens() throws Exception {
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return valve.awaitOpen(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        valve.turn(true);
        assertEquals(true, waiting.get(10, TimeUnit.SECONDS));
    }
}
