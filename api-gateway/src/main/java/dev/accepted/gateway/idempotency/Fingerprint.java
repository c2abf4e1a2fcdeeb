package dev.accepted.gateway.idempotency;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a request says, however it is written: order of members and white space do not matter, nor how numbers and escapes
 * are spelt.
 *
 * @param hex SHA-256 of its canonical JSON
 */
public record Fingerprint(String hex) {

    /** The fingerprint of a text that is known to be JSON. */
    public static Fingerprint of(byte[] json) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return new Fingerprint(HexFormat.of().formatHex(sha.digest(CanonicalJson.of(json))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }
}
