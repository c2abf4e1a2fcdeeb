package dev.accepted.engine.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.job.Limit;
import dev.accepted.contract.log.Position;
import dev.accepted.store.lease.LeaseTable.Held;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One attempt that this worker has claimed.
 *
 * @param record the one that the command was read from
 * @param checkpoint the last one that an earlier attempt kept
 * @param failures how many earlier attempts failed by their own fault
 * @param begunBefore whether an earlier attempt had begun
 * @param claimedNanos of this process's own clock, before the claim was asked for: the lease is alive at least since then
 * @param heldBy the limit because of which it is not run
 */
public record Assignment(
        JobCommand command,
        ConsumerRecord<String, byte[]> record,
        @Nullable JsonNode checkpoint,
        int failures,
        boolean begunBefore,
        long claimedNanos,
        @Nullable Limit heldBy) {

    private static final byte[] NOTHING = {};

    public Held held() {
        return new Held(command.id().uuid(), command.attempt());
    }

    /** Where the command lies. */
    public Position at() {
        return new Position(record.topic(), record.partition(), record.offset());
    }

    /** The bytes that came with the command; empty if it carries a claim check. */
    @SuppressWarnings("NullAway") // a record may be without a value
    public byte[] input() {
        return record.value() == null ? NOTHING : record.value();
    }
}
