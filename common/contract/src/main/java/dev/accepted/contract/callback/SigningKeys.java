package dev.accepted.contract.callback;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages as Standard Webhooks 1.0 says, with a secret of each tenant that follows from the fleet's key.
 *
 * <p>Every key signs, so that receivers can change from one to the next: the first is the current one, those after it
 * are about to go. Safe for use by many threads.
 */
public final class SigningKeys {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";
    private static final String PURPOSE = "accepted webhook secret\n";
    private static final int SHORTEST_KEY = 16;

    private final List<byte[]> keys;

    /**
     * The fleet's keys.
     *
     * @param keys in Base64, at least one, each of 16 bytes or more
     * @throws IllegalArgumentException if one is none
     */
    public SigningKeys(List<String> keys) {
        this.keys = keys.stream()
                .map(key -> Base64.getDecoder().decode(key.strip()))
                .toList();
        if (this.keys.isEmpty()) {
            throw new IllegalArgumentException("No key to sign webhooks with");
        }
        for (byte[] key : this.keys) {
            if (key.length < SHORTEST_KEY) {
                throw new IllegalArgumentException("A key of " + key.length
                        + " bytes is too short to sign webhooks with: " + SHORTEST_KEY + " at least");
            }
        }
    }

    /** A tenant's secrets as Standard Webhooks writes them: the current one, then those about to go. */
    public List<String> secrets(String tenant) {
        return keys.stream()
                .map(key -> PREFIX + Base64.getEncoder().encodeToString(secret(key, tenant)))
                .toList();
    }

    /**
     * The value of {@code webhook-signature}: one signature a key.
     *
     * @param id the message's id
     * @param timestamp seconds since 1970, as the header says them
     */
    public String signature(String tenant, String id, long timestamp, byte[] payload) {
        byte[] head = (id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8);
        return keys.stream()
                .map(key -> "v1," + Base64.getEncoder().encodeToString(hmac(secret(key, tenant), head, payload)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] secret(byte[] key, String tenant) {
        return hmac(key, PURPOSE.getBytes(StandardCharsets.UTF_8), tenant.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(byte[] key, byte[] first, byte[] second) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(first);
            return mac.doFinal(second);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no " + ALGORITHM, e);
        }
    }
}
