package dev.accepted.gateway.sse;

import dev.accepted.gateway.system.GatewayConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Writes and reads tickets, sealed with the keys that seal job ids. Safe for use by many threads. */
@Singleton
class TicketSeal {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_BYTES = 16;
    private static final int HEAD_BYTES = 3 * Long.BYTES;

    /**
     * Leave to open one stream of one job.
     *
     * @param nonce tells it from every other
     */
    record Ticket(UUID nonce, Instant expiresAt, String tenant) {}

    private final List<byte[]> keys;

    @Inject
    TicketSeal(GatewayConfig config) {
        this(config.idKey().stream().map(Base64.getDecoder()::decode).toList());
    }

    /** @param keys the first seals, all verify */
    TicketSeal(List<byte[]> keys) {
        this.keys = keys;
    }

    String seal(Ticket ticket, String jobId) {
        byte[] tenant = ticket.tenant().getBytes(StandardCharsets.UTF_8);
        byte[] said = ByteBuffer.allocate(HEAD_BYTES + tenant.length)
                .putLong(ticket.nonce().getMostSignificantBits())
                .putLong(ticket.nonce().getLeastSignificantBits())
                .putLong(ticket.expiresAt().toEpochMilli())
                .put(tenant)
                .array();
        ByteBuffer sealed = ByteBuffer.allocate(said.length + MAC_BYTES).put(mac(keys.get(0), said, jobId));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(sealed.put(said).array());
    }

    /** A ticket of that job, used or not, expired or not; empty for what was not sealed here. */
    Optional<Ticket> read(String text, String jobId) {
        byte[] sealed = decode(text);
        if (sealed.length < MAC_BYTES + HEAD_BYTES) {
            return Optional.empty();
        }
        byte[] mac = Arrays.copyOf(sealed, MAC_BYTES);
        byte[] said = Arrays.copyOfRange(sealed, MAC_BYTES, sealed.length);
        if (keys.stream().noneMatch(key -> MessageDigest.isEqual(mac(key, said, jobId), mac))) {
            return Optional.empty();
        }
        ByteBuffer head = ByteBuffer.wrap(said);
        return Optional.of(new Ticket(
                new UUID(head.getLong(), head.getLong()),
                Instant.ofEpochMilli(head.getLong()),
                new String(said, HEAD_BYTES, said.length - HEAD_BYTES, StandardCharsets.UTF_8)));
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] mac(byte[] key, byte[] said, String jobId) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(("ticket\n" + jobId + '\n').getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(mac.doFinal(said), MAC_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no " + ALGORITHM, e);
        }
    }
}
