package dev.accepted.gateway.estimates;

import dev.accepted.store.lease.WorkerTable.Pool;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How a queue stands and moves.
 *
 * @param depth commands that no worker has taken
 * @param pool its workers
 * @param in commands that came to it in a second, over the last minute; empty until it was looked at for a few seconds
 * @param out commands that workers took in a second, likewise
 */
public record QueueFlow(long depth, Pool pool, OptionalDouble in, OptionalDouble out) {

    /** Rates are taken over this long. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** And over no less. */
    static final Duration LEAST = Duration.ofSeconds(5);
}
