package dev.accepted.store.idempotency;

/**
 * A reservation in somebody's hands.
 *
 * @param turn how many have had it, this one included
 */
public record Hold(ScopedKey key, String jobId, int turn) {}
