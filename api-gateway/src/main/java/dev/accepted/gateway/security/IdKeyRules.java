package dev.accepted.gateway.security;

import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** Which keys are no secret: what somebody typed, as in examples and tests, what repeats itself, what is short. */
final class IdKeyRules {

    private static final int LEAST_BYTES = 16;
    private static final int LEAST_DISTINCT = 8;

    /** Keys that stand in this repository. */
    private static final Set<String> KNOWN =
            Set.of("MDEyMzQ1Njc4OWFiY2RlZg==", "YSBrZXkgZm9yIHRoZSB0ZXN0cyBvZiB3b3JrZXJz");

    private IdKeyRules() {}

    /** Why a key, in Base64, must not seal anything in production; empty if it may. */
    static Optional<String> faultOf(String base64) {
        if (KNOWN.contains(base64.strip())) {
            return Optional.of("is known to everybody: it stands in the source");
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            return Optional.of("is not Base64");
        }
        if (key.length < LEAST_BYTES) {
            return Optional.of("has " + key.length + " bytes, and fewer than " + LEAST_BYTES + " can be guessed");
        }
        if (distinct(key) < LEAST_DISTINCT) {
            return Optional.of("repeats itself and so can be guessed");
        }
        return isText(key)
                ? Optional.of("is text that somebody typed, not chance, and so can be guessed")
                : Optional.empty();
    }

    private static long distinct(byte[] key) {
        boolean[] seen = new boolean[256];
        int distinct = 0;
        for (byte b : key) {
            distinct += seen[b & 0xff] ? 0 : 1;
            seen[b & 0xff] = true;
        }
        return distinct;
    }

    /** Sixteen bytes of chance are all printable once in ten million times. */
    private static boolean isText(byte[] key) {
        for (byte b : key) {
            if (b < ' ' || b > '~') {
                return false;
            }
        }
        return true;
    }
}
