package dev.accepted.contract.job;

import dev.accepted.contract.log.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent later: the command that lies at a position, as that attempt, not before that time.
 *
 * <p>It exists if and only if the job waits and its next attempt was not sent.
 *
 * @param dueAt of one that is held, since when it waits
 * @param heldBy the limit that must have room first; null for one that waits for its time alone
 */
public record Timer(
        int attempt,
        Instant dueAt,
        Position command,
        @Nullable Limit heldBy) {

    /** One that waits for its time alone. */
    public Timer(int attempt, Instant dueAt, Position command) {
        this(attempt, dueAt, command, null);
    }
}
