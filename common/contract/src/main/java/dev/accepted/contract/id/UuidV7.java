package dev.accepted.contract.id;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Makes UUIDs of version 7 (RFC 9562) that rise with every call in this process. Safe for use by many threads. */
public final class UuidV7 {

    private static final Pattern CANONICAL = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int FRACTION_BITS = 12;
    private static final long FRACTION = (1L << FRACTION_BITS) - 1;
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final Clock clock;
    private final RandomGenerator random;
    private final AtomicLong last = new AtomicLong();

    public UuidV7(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public UUID next() {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        long fraction = (micros % 1000 << FRACTION_BITS) / 1000;
        long stamp = (micros / 1000 << FRACTION_BITS) | fraction;
        long unique = last.accumulateAndGet(stamp, (before, at) -> Math.max(before + 1, at));
        long high = (unique >>> FRACTION_BITS << 16) | VERSION | (unique & FRACTION);
        return new UUID(high, (random.nextLong() >>> 2) | VARIANT);
    }

    /**
     * The UUID of an instant whose other bits are given and not random: the same for the same.
     *
     * @param entropy 16 bytes or more, as evenly spread as a hash
     */
    public static UUID of(Instant at, byte[] entropy) {
        ByteBuffer bits = ByteBuffer.wrap(entropy);
        long high = at.toEpochMilli() << 16 | VERSION | (bits.getLong() & FRACTION);
        return new UUID(high, (bits.getLong() >>> 2) | VARIANT);
    }

    /** What a text names, if it is a UUID's canonical one in lower case; Java itself takes much else for one. */
    public static Optional<UUID> parse(String text) {
        return CANONICAL.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /** The lowest UUID of an instant: a bound for ranges of ids. */
    public static UUID lowest(Instant at) {
        return new UUID(at.toEpochMilli() << 16, 0);
    }
}
