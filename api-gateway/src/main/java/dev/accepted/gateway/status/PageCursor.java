package dev.accepted.gateway.status;

import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.system.GatewayConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes and reads cursors: the last id of a page and when the page was made, sealed together with what it was filtered
 * by. A cursor is good for {@link #LIFETIME}.
 */
@Singleton
class PageCursor {

    static final Duration LIFETIME = Duration.ofDays(1);

    private static final int ID_BYTES = 2 * Long.BYTES;
    private static final int SEALED_BYTES = ID_BYTES + Integer.BYTES;
    private static final int MAC_BYTES = 12;
    private static final String ALGORITHM = "HmacSHA256";

    private final List<byte[]> keys;
    private final Clock clock;

    @Inject
    PageCursor(GatewayConfig config, Clock clock) {
        this(config.idKey().stream().map(Base64.getDecoder()::decode).toList(), clock);
    }

    /** @param keys the first seals, all verify */
    PageCursor(List<byte[]> keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** @param bound whatever must be the same in the request that follows */
    String after(UUID last, String bound) {
        int madeAt = now();
        ByteBuffer cursor = ByteBuffer.allocate(SEALED_BYTES + MAC_BYTES);
        cursor.putLong(last.getMostSignificantBits()).putLong(last.getLeastSignificantBits());
        cursor.putInt(madeAt).put(mac(keys.get(0), last, madeAt, bound));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.array());
    }

    /** Seconds since 1970; their differences hold beyond 2038 too. */
    private int now() {
        return (int) clock.instant().getEpochSecond();
    }

    /** The id that the page follows; a {@link Problem} 400 for a cursor that was not made for this, or long ago. */
    UUID read(String text, String bound) {
        byte[] cursor = decode(text);
        if (cursor.length != SEALED_BYTES + MAC_BYTES) {
            throw Refusals.invalidCursor();
        }
        ByteBuffer bytes = ByteBuffer.wrap(cursor);
        UUID last = new UUID(bytes.getLong(), bytes.getLong());
        int madeAt = bytes.getInt();
        byte[] found = Arrays.copyOfRange(cursor, SEALED_BYTES, cursor.length);
        if (keys.stream().noneMatch(key -> MessageDigest.isEqual(mac(key, last, madeAt, bound), found))) {
            throw Refusals.invalidCursor();
        }
        if (now() - madeAt > LIFETIME.toSeconds()) {
            throw Refusals.expiredCursor(LIFETIME);
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

    private static byte[] mac(byte[] key, UUID last, int madeAt, String bound) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            String sealed = "cursor\n" + last + '\n' + madeAt + '\n' + bound;
            byte[] tag = mac.doFinal(sealed.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(tag, MAC_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no " + ALGORITHM, e);
        }
    }
}
