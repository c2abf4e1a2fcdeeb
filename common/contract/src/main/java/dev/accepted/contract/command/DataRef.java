package dev.accepted.contract.command;

/**
 * A claim check: where an input too large for the log lies in the object store.
 *
 * @param digest SHA-256 of the bytes, lower-case hexadecimal, and their address
 * @param sizeBytes their length
 */
public record DataRef(String digest, long sizeBytes) {}
