package dev.accepted.store.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A queue whose workers take no commands for now.
 *
 * @param reason what the operator said, for other operators
 * @param by the operator's subject
 */
public record Pause(
        String queue,
        Instant since,
        @Nullable String reason,
        @Nullable String by) {}
