package dev.accepted.gateway.security;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.gateway.http.Settings;
import dev.accepted.gateway.system.GatewayConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentGuardTest {

    private static final Map<String, String> LOCAL = Map.of("accepted.mode", "local");

    private static void start(Map<String, String> settings, String host) {
        GatewayConfig config = Settings.of(settings);
        new DeploymentGuard(config, host).check(new IssuerKeys(config));
    }

    @Test
    void productionNeedsAKey() {
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> start(Map.of(), "0.0.0.0"));
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("accepted.jwt.public-key-location"),
                refusal.getMessage());
    }

    @Test
    void aKeyThatCannotBeReadStopsTheStart() {
        Map<String, String> settings = Map.of("accepted.jwt.public-key-location", "/no/such/file");
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> start(settings, "0.0.0.0"));
        assertTrue(String.valueOf(refusal.getMessage()).contains("/no/such/file"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
    void theLocalModeServesLoopback(String host) {
        assertDoesNotThrow(() -> start(LOCAL, host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::"})
    void theLocalModeServesNothingElse(String host) {
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> start(LOCAL, host));
        assertTrue(String.valueOf(refusal.getMessage()).contains("loopback"), refusal.getMessage());
    }
}
