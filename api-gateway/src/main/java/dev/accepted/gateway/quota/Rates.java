package dev.accepted.gateway.quota;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The two buckets of one tenant, where it has limits for them. Safe for use by many threads. */
final class Rates {

    private final @Nullable Bucket requests;
    private final @Nullable Bucket bytes;

    Rates(Allowance allowance, long now) {
        Duration window = allowance.window();
        requests = allowance.requests().isPresent()
                ? new Bucket(allowance.requests().getAsInt(), window, now)
                : null;
        bytes = allowance.bytes().isPresent() ? new Bucket(allowance.bytes().getAsLong(), window, now) : null;
    }

    /** How long to wait for so many requests; empty if they were taken. */
    Optional<Duration> takeRequests(long number, long now) {
        return take(requests, number, now);
    }

    /** How long to wait for so many bytes; empty if they were taken. */
    Optional<Duration> takeBytes(long number, long now) {
        return take(bytes, number, now);
    }

    private static Optional<Duration> take(@Nullable Bucket bucket, long number, long now) {
        return bucket == null || bucket.take(number, now) ? Optional.empty() : Optional.of(bucket.until(number, now));
    }

    /** What is left, as the field {@code RateLimit} tells it. */
    String left(long now) {
        StringBuilder left = new StringBuilder();
        tell(left, "requests", requests, now);
        tell(left, "bytes", bytes, now);
        return left.toString();
    }

    private static void tell(StringBuilder left, String policy, @Nullable Bucket bucket, long now) {
        if (bucket != null) {
            left.append(left.isEmpty() ? "" : ", ")
                    .append("\"%s\";r=%d;t=%d"
                            .formatted(
                                    policy,
                                    bucket.left(now),
                                    bucket.untilFull(now).plusMillis(999).toSeconds()));
        }
    }
}
