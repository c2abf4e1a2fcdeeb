package dev.accepted.store.idempotency;

/**
 * What a request wants a key to stand for.
 *
 * @param fingerprint SHA-256 of what it sent, in hexadecimal
 * @param command what is to be sent to the log, as text
 */
public record Reservation(ScopedKey key, String fingerprint, String jobId, String command) {}
