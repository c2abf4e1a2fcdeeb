package dev.accepted.gateway.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.accepted.contract.Wire;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobResult;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Phase;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.job.Work;
import dev.accepted.contract.log.Position;
import dev.accepted.store.job.Notes;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of the job table, read only. Without the checkpoint: it may be large, and no client sees it. */
@Entity
@Immutable
@Table(name = "job")
@SuppressWarnings("NullAway.Init") // Hibernate fills the columns that are NOT NULL
class JobRecord {

    @Id
    UUID id;

    @Column(name = "job_id")
    String jobId;

    String tenant;
    String type;
    String queue;
    String status;
    int attempt;

    @Column(name = "updated_at")
    @Nullable
    Instant updatedAt;

    @Column(name = "started_at")
    @Nullable
    Instant startedAt;

    @Column(name = "finished_at")
    @Nullable
    Instant finishedAt;

    @Column(name = "next_attempt_at")
    @Nullable
    Instant nextAttemptAt;

    @Column(name = "client_reference")
    @Nullable
    String clientReference;

    @Nullable
    String batch;

    int dispatched;

    @Column(name = "command_topic")
    @Nullable
    String commandTopic;

    @Column(name = "command_partition")
    @Nullable
    Integer commandPartition;

    @Column(name = "command_offset")
    @Nullable
    Long commandOffset;

    @Column(name = "event_offset")
    long eventOffset;

    int applied;
    int fenced;

    // The columns of JSON come as the text that PostgreSQL makes of them.
    @Nullable
    String facts;

    String work;

    @Nullable
    String result;

    @Nullable
    String error;

    protected JobRecord() {}

    /** The job's state, but for its checkpoint. */
    JobState state() {
        Notes notes = read(work, Notes.class);
        return new JobState(
                new JobId(jobId, id),
                tenant,
                type,
                queue,
                read(facts, JobFacts.class),
                dispatched,
                command(),
                phase(notes),
                notes == null ? Work.NONE : notes.toWork(startedAt, updatedAt, null),
                eventOffset,
                applied,
                fenced);
    }

    private @Nullable Position command() {
        return commandTopic == null || commandPartition == null || commandOffset == null
                ? null
                : new Position(commandTopic, commandPartition, commandOffset);
    }

    private Phase phase(@Nullable Notes notes) {
        Status word = Status.ofWord(status).orElseThrow();
        if (finishedAt != null) {
            return new Phase.Ended(
                    word, attempt, finishedAt, read(result, JobResult.class), read(error, JobError.class));
        }
        return switch (word) {
            case PROCESSING -> new Phase.Processing(attempt);
            case CANCELLING -> new Phase.Cancelling(attempt);
            default -> new Phase.Queued(attempt, nextAttemptAt, notes == null ? null : notes.heldBy());
        };
    }

    private <V> @Nullable V read(@Nullable String json, Class<V> as) {
        try {
            return json == null ? null : Wire.JSON.readValue(json, as);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The row of job " + jobId + " does not read as " + as.getSimpleName(), e);
        }
    }
}
