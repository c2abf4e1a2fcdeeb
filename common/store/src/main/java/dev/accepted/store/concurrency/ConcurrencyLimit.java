package dev.accepted.store.concurrency;

import dev.accepted.contract.job.Limit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A limit that an operator has set.
 *
 * @param most jobs that may run at once; with 0 none begins
 * @param reason for operators
 */
public record ConcurrencyLimit(
        Limit limit, int most, @Nullable String reason, Instant since) {}
