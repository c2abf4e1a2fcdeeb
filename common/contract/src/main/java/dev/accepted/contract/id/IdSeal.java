package dev.accepted.contract.id;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals job ids with a keyed MAC over prefix, UUID and tenant, and verifies them.
 *
 * <p>The first key seals; every key verifies, so a retired key stays in the list for the whole retention. Safe for use
 * by many threads.
 */
public final class IdSeal {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_KEY = 16;
    private static final int MAC_BITS = JobId.MAC_CHARACTERS * 5;

    private final List<ThreadLocal<Mac>> macs;

    /** @param keys at least one, each of 16 bytes or more */
    public IdSeal(List<byte[]> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("No key to seal job ids with");
        }
        macs = keys.stream()
                .map(byte[]::clone)
                .map(key -> ThreadLocal.withInitial(() -> macOf(key)))
                .toList();
        macs.forEach(ThreadLocal::get);
    }

    private static Mac macOf(byte[] key) {
        if (key.length < SHORTEST_KEY) {
            throw new IllegalArgumentException("A key of " + key.length + " bytes is too short to seal job ids with: "
                    + SHORTEST_KEY + " at least");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no " + ALGORITHM, e);
        }
    }

    /**
     * Makes the id of a job.
     *
     * @param prefix lower-case letters, 16 at most
     */
    public JobId seal(String prefix, UUID uuid, String tenant) {
        StringBuilder text = new StringBuilder(prefix.length() + 1 + JobId.UUID_CHARACTERS + JobId.MAC_CHARACTERS);
        text.append(prefix).append('-');
        Base32.write(text, uuid.getMostSignificantBits(), uuid.getLeastSignificantBits(), JobId.UUID_CHARACTERS);
        text.append(mac(macs.get(0), prefix, uuid, tenant));
        return new JobId(text.toString(), uuid);
    }

    /** Whether this fleet made the id for that tenant. Takes the same time whatever is wrong. */
    public boolean verifies(JobId id, String tenant) {
        byte[] found = id.mac().getBytes(StandardCharsets.US_ASCII);
        boolean genuine = false;
        for (ThreadLocal<Mac> key : macs) {
            byte[] expected = mac(key, id.prefix(), id.uuid(), tenant).getBytes(StandardCharsets.US_ASCII);
            genuine |= MessageDigest.isEqual(expected, found);
        }
        return genuine;
    }

    private static String mac(ThreadLocal<Mac> key, String prefix, UUID uuid, String tenant) {
        Mac mac = key.get();
        mac.update(prefix.getBytes(StandardCharsets.US_ASCII));
        ByteBuffer id = ByteBuffer.allocate(1 + 2 * Long.BYTES).put((byte) '-');
        id.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        mac.update(id.flip());
        byte[] tag = mac.doFinal(tenant.getBytes(StandardCharsets.UTF_8));
        StringBuilder text = new StringBuilder(JobId.MAC_CHARACTERS);
        Base32.write(text, 0, ByteBuffer.wrap(tag).getLong() >>> (Long.SIZE - MAC_BITS), JobId.MAC_CHARACTERS);
        return text.toString();
    }
}
