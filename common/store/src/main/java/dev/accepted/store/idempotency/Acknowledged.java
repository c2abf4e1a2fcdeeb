package dev.accepted.store.idempotency;

/**
 * The log has a key's job.
 *
 * @param answer what its client is told, as text
 */
public record Acknowledged(ScopedKey key, String jobId, String answer) {}
