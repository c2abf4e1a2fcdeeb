package dev.accepted.gateway.security;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.gateway.http.Settings;
import dev.accepted.gateway.system.GatewayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    private static Map<String, String> production(Path directory, String idKey) throws IOException {
        Path key = Files.writeString(directory.resolve("issuer.json"), """
                {"keys":[{"kty":"RSA","kid":"a","e":"AQAB","n":"%s"}]}""".formatted("u".repeat(342)));
        return Map.of("accepted.jwt.public-key-location", key.toString(), "accepted.id-key", idKey);
    }

    @Test
    void productionTakesASecretOfItsOwn(@TempDir Path directory) throws IOException {
        byte[] chance = new byte[32];
        new SecureRandom().nextBytes(chance);
        Map<String, String> settings = production(directory, Base64.getEncoder().encodeToString(chance));
        assertDoesNotThrow(() -> start(settings, "0.0.0.0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MDEyMzQ1Njc4OWFiY2RlZg==",
                "YSBrZXkgZm9yIHRoZSB0ZXN0cyBvZiB3b3JrZXJz",
                "AAAAAAAAAAAAAAAAAAAAAA==",
                "c2VjcmV0"
            })
    void productionTakesNoSecretThatIsKnown(String key, @TempDir Path directory) throws IOException {
        Map<String, String> settings = production(directory, key);
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> start(settings, "0.0.0.0"));
        assertTrue(String.valueOf(refusal.getMessage()).contains("accepted.id-key"), refusal.getMessage());
        assertTrue(String.valueOf(refusal.getMessage()).contains("openssl"), refusal.getMessage());
    }

    @Test
    void aKnownSecretAmongGoodOnesIsRefusedToo(@TempDir Path directory) throws IOException {
        byte[] chance = new byte[32];
        new SecureRandom().nextBytes(chance);
        String both = Base64.getEncoder().encodeToString(chance) + ",MDEyMzQ1Njc4OWFiY2RlZg==";
        Map<String, String> settings = production(directory, both);
        assertThrows(IllegalStateException.class, () -> start(settings, "0.0.0.0"));
    }

    @Test
    void productionNeedsAtLeastOneKeyOfTheIssuer(@TempDir Path directory) throws IOException {
        Path none = Files.writeString(directory.resolve("none.json"), "{\"keys\":[]}");
        Map<String, String> settings = Map.of("accepted.jwt.public-key-location", none.toString());
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> start(settings, "0.0.0.0"));
        assertTrue(String.valueOf(refusal.getMessage()).contains("issuer"), refusal.getMessage());
    }
}
