package dev.accepted.store.dead;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an operator did with a dead record.
 *
 * @param sentTo where the log has it again, as topic/partition/offset; null if it was dropped
 * @param reason what the operator said, for other operators
 * @param by the operator's subject
 */
public record Settlement(@Nullable String sentTo, @Nullable String reason, String by, Instant at) {

    /** As the table and the interface say it: {@code sent} or {@code dropped}. */
    public String outcome() {
        return sentTo == null ? "dropped" : "sent";
    }
}
