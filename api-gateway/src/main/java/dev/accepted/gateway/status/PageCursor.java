package dev.accepted.gateway.status;

import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.system.GatewayConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Writes and reads cursors: the last id of a page, sealed together with what the page was filtered by. */
@Singleton
class PageCursor {

    private static final int ID_BYTES = 2 * Long.BYTES;
    private static final int MAC_BYTES = 12;
    private static final String ALGORITHM = "HmacSHA256";

    private final List<byte[]> keys;

    @Inject
    PageCursor(GatewayConfig config) {
        this(config.idKey().stream().map(Base64.getDecoder()::decode).toList());
    }

    /** @param keys the first seals, all verify */
    PageCursor(List<byte[]> keys) {
        this.keys = keys;
    }

    /** @param bound whatever must be the same in the request that follows */
    String after(UUID last, String bound) {
        ByteBuffer cursor = ByteBuffer.allocate(ID_BYTES + MAC_BYTES);
        cursor.putLong(last.getMostSignificantBits()).putLong(last.getLeastSignificantBits());
        cursor.put(mac(keys.get(0), last, bound));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.array());
    }

    /** The id that the page follows; a {@link Problem} 400 for a cursor that was not made for this. */
    UUID read(String text, String bound) {
        byte[] cursor = decode(text);
        if (cursor.length != ID_BYTES + MAC_BYTES) {
            throw Refusals.invalidCursor();
        }
        ByteBuffer bytes = ByteBuffer.wrap(cursor);
        UUID last = new UUID(bytes.getLong(), bytes.getLong());
        byte[] found = Arrays.copyOfRange(cursor, ID_BYTES, cursor.length);
        if (keys.stream().noneMatch(key -> MessageDigest.isEqual(mac(key, last, bound), found))) {
            throw Refusals.invalidCursor();
        }
        return last;
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw Refusals.invalidCursor();
        }
    }

    private static byte[] mac(byte[] key, UUID last, String bound) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] tag = mac.doFinal(("cursor\n" + last + '\n' + bound).getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(tag, MAC_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no " + ALGORITHM, e);
        }
    }
}
