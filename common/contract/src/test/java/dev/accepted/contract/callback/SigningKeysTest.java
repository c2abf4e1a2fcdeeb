package dev.accepted.contract.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is signed here, verified by the reference library of Standard Webhooks. */
class SigningKeysTest {

    private static final String OLD = key("the key of last year");
    private static final String NEW = key("the key of this year");
    private static final String PAYLOAD = "{\"type\":\"job.succeeded\",\"data\":{\"name\":\"grün ✓\"}}";

    private static String key(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Map<String, List<String>> signed(SigningKeys keys, String tenant) {
        long now = Instant.now().getEpochSecond();
        String signature = keys.signature(tenant, "msg-1", now, PAYLOAD.getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "webhook-id",
                List.of("msg-1"),
                "webhook-timestamp",
                List.of(Long.toString(now)),
                "webhook-signature",
                List.of(signature));
    }

    private static void verify(String secret, String payload, Map<String, List<String>> headers)
            throws WebhookVerificationException {
        new Webhook(secret).verify(payload, headers);
    }

    @Test
    void theReferenceLibraryVerifiesWhatIsSigned() throws Exception {
        SigningKeys keys = new SigningKeys(List.of(NEW));
        Map<String, List<String>> headers = signed(keys, "acme");
        String secret = keys.secrets("acme").get(0);
        assertTrue(secret.startsWith("whsec_"));
        verify(secret, PAYLOAD, headers);
        assertThrows(WebhookVerificationException.class, () -> verify(secret, PAYLOAD + " ", headers));
    }

    @Test
    void theSignatureIsTheOneThatTheReferenceLibraryMakes() throws Exception {
        SigningKeys keys = new SigningKeys(List.of(NEW));
        String expected = new Webhook(keys.secrets("acme").get(0)).sign("msg-1", 1_700_000_000L, PAYLOAD);
        assertEquals(
                expected, keys.signature("acme", "msg-1", 1_700_000_000L, PAYLOAD.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void eachTenantHasASecretOfItsOwn() {
        SigningKeys keys = new SigningKeys(List.of(NEW));
        assertNotEquals(keys.secrets("acme"), keys.secrets("other"));
        assertThrows(
                WebhookVerificationException.class,
                () -> verify(keys.secrets("other").get(0), PAYLOAD, signed(keys, "acme")));
    }

    @Test
    void whileKeysChangeReceiversOfBothVerify() throws Exception {
        SigningKeys before = new SigningKeys(List.of(OLD));
        SigningKeys between = new SigningKeys(List.of(NEW, OLD));
        SigningKeys after = new SigningKeys(List.of(NEW));
        assertEquals(before.secrets("acme").get(0), between.secrets("acme").get(1));
        assertEquals(after.secrets("acme").get(0), between.secrets("acme").get(0));
        Map<String, List<String>> headers = signed(between, "acme");
        verify(before.secrets("acme").get(0), PAYLOAD, headers);
        verify(after.secrets("acme").get(0), PAYLOAD, headers);
        assertThrows(
                WebhookVerificationException.class,
                () -> verify(before.secrets("acme").get(0), PAYLOAD, signed(after, "acme")));
    }

    @Test
    void aWeakOrMissingKeyIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new SigningKeys(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new SigningKeys(List.of(key("too short"))));
        assertThrows(IllegalArgumentException.class, () -> new SigningKeys(List.of("not base64!")));
    }
}
