package dev.accepted.contract.id;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A job's id of the right shape. Whether it is genuine only {@link IdSeal#verifies} says.
 *
 * @param text as clients see it
 * @param uuid the UUIDv7 in it, which is the key of the job's row
 */
public record JobId(String text, UUID uuid) {

    static final int UUID_CHARACTERS = 26;
    static final int MAC_CHARACTERS = 8;
    private static final int LONGEST_PREFIX = 16;

    /** Reads an id; empty for a text of another shape. */
    public static Optional<JobId> parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 1 || dash > LONGEST_PREFIX || text.length() != dash + 1 + UUID_CHARACTERS + MAC_CHARACTERS) {
            return Optional.empty();
        }
        for (int i = 0; i < dash; i++) {
            char c = text.charAt(i);
            if (c < 'a' || c > 'z') {
                return Optional.empty();
            }
        }
        long high = 0;
        long low = 0;
        for (int i = dash + 1; i < text.length(); i++) {
            int value = Base32.value(text.charAt(i));
            if (value < 0) {
                return Optional.empty();
            }
            if (i <= dash + UUID_CHARACTERS) {
                high = high << 5 | low >>> (Long.SIZE - 5);
                low = low << 5 | value;
            }
        }
        // 26 characters carry 130 bits: the first character must leave the two spare ones at zero.
        return Base32.value(text.charAt(dash + 1)) > 7
                ? Optional.empty()
                : Optional.of(new JobId(text, new UUID(high, low)));
    }

    /** What stands before the dash, for example {@code camp}. */
    public String prefix() {
        return text.substring(0, text.indexOf('-'));
    }

    /** When the gateway made it, to the millisecond. */
    public Instant createdAt() {
        return Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16);
    }

    String mac() {
        return text.substring(text.length() - MAC_CHARACTERS);
    }

    @Override
    public String toString() {
        return text;
    }
}
