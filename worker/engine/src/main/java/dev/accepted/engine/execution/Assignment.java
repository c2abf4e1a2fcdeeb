package dev.accepted.engine.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.log.Position;
import dev.accepted.store.lease.LeaseTable.Held;
import org.jspecify.annotations.Nullable;

/**
 * One attempt that this worker has claimed.
 *
 * @param input the bytes that came with the command; empty if it carries a claim check
 * @param checkpoint the last one that an earlier attempt kept
 * @param failures how many earlier attempts failed by their own fault
 */
public record Assignment(
        JobCommand command,
        Position at,
        byte[] input,
        @Nullable JsonNode checkpoint,
        int failures) {

    public Held held() {
        return new Held(command.id().uuid(), command.attempt());
    }
}
