package dev.accepted.store.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * What a key stands for.
 *
 * @param fingerprint SHA-256 of what was sent with it, in hexadecimal
 * @param command what was or was to be sent to the log; null once that is acknowledged
 * @param answer what its client is told; null before
 */
public record KeyRow(
        ScopedKey key,
        String fingerprint,
        String jobId,
        Standing standing,
        int turn,
        @Nullable String command,
        @Nullable String answer) {

    /** How a key stands with whoever asks. */
    public enum Standing {
        /** Whoever asked has it now. */
        TAKEN,
        /** Another request has it. */
        HELD,
        /** Nobody has it, and nobody knows whether the log has its command. */
        LEFT,
        /** The log has its command. */
        ACKED
    }
}
