package dev.accepted.gateway.projection;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.log.RecordHeaderText;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A record of the log that can be folded. */
public sealed interface LogEntry {

    JobId job();

    JobState into(@Nullable JobState before);

    /** Reads a record; refuses what is not of the contract and what was not sealed by this fleet. */
    static LogEntry read(ConsumerRecord<String, byte[]> record, IdSeal seal) throws Undecodable {
        Position at = new Position(record.topic(), record.partition(), record.offset());
        if (record.topic().equals(Topics.EVENTS)) {
            JobEvent event = JobEvent.read(record.value());
            JobId job = genuine(event.id(), event.tenant(), seal);
            return new Happened(event, job, at, Instant.ofEpochMilli(record.timestamp()));
        }
        JobCommand command = CommandHeaders.read(RecordHeaderText.of(record));
        genuine(command.id(), command.tenant(), seal);
        return new Commanded(command, at);
    }

    private static JobId genuine(JobId id, String tenant, IdSeal seal) throws Undecodable {
        if (!seal.verifies(id, tenant)) {
            throw new Undecodable("the seal of " + id + " is not one of this fleet for that tenant");
        }
        return id;
    }

    /** A command. */
    record Commanded(JobCommand command, Position at) implements LogEntry {
        @Override
        public JobId job() {
            return command.id();
        }

        @Override
        public JobState into(@Nullable JobState before) {
            return JobState.fold(before, command, at);
        }
    }

    /** An event. */
    record Happened(JobEvent event, JobId job, Position at, Instant appendedAt) implements LogEntry {
        @Override
        public JobState into(@Nullable JobState before) {
            return JobState.fold(before, event, job, at, appendedAt);
        }
    }
}
