package dev.accepted.contract.job;

import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.log.Position;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One job as the fold of its records. Pure: what it is follows from the records alone, in whatever interleaving they
 * came.
 *
 * @param facts what its command says of it; null until a command was folded
 * @param dispatched the highest attempt whose command is known to be sent
 * @param command where the command of that attempt lies, the latest if it was sent more than once
 * @param eventOffset offset of the last event taken; those at or below it are duplicates
 * @param applied events that moved it
 * @param fenced events that came too late and were only counted
 */
public record JobState(
        JobId id,
        String tenant,
        String type,
        String queue,
        @Nullable JobFacts facts,
        int dispatched,
        @Nullable Position command,
        Phase phase,
        Work work,
        long eventOffset,
        int applied,
        int fenced) {

    private static final long NO_EVENT = -1;

    /** A job of which nothing is known but whose it is. */
    public static JobState unknown(JobId id, String tenant, String type, String queue) {
        return new JobState(
                id, tenant, type, queue, null, 0, null, new Phase.Queued(1, null), Work.NONE, NO_EVENT, 0, 0);
    }

    /** Folds a command that lies at a position. */
    public static JobState fold(@Nullable JobState before, JobCommand command, Position at) {
        JobState known =
                before != null ? before : unknown(command.id(), command.tenant(), command.type(), command.queue());
        JobState sent = known.sent(command.attempt(), at);
        return sent.facts != null ? sent : sent.withFacts(command.facts().tracedBy(command.traceparent()));
    }

    /**
     * Folds an event.
     *
     * @param at where it lies
     * @param appendedAt when the log took it
     */
    public static JobState fold(@Nullable JobState before, JobEvent event, JobId id, Position at, Instant appendedAt) {
        JobState known = before != null ? before : unknown(id, event.tenant(), event.type(), event.queue());
        if (at.offset() <= known.eventOffset) {
            return known;
        }
        JobState sent = event.command() == null ? known : known.sent(event.attempt(), event.command());
        return sent.took(event, at, appendedAt);
    }

    private JobState took(JobEvent event, Position at, Instant appendedAt) {
        Happening happening = event.event();
        if (!happening.countsIn(phase, event.attempt())) {
            return new JobState(
                    id, tenant, type, queue, facts, dispatched, command, phase, work, at.offset(), applied, fenced + 1);
        }
        Work noted = happening.note(work, event.attempt()).updated(appendedAt);
        if (happening.endsAttempt()) {
            noted = noted.stopped();
        }
        if (happening.historic()) {
            noted = noted.with(new Attempt(
                    event.attempt(),
                    happening.eventName(),
                    happening.by(),
                    happening.since(),
                    appendedAt,
                    happening.error(),
                    happening.why(),
                    happening.nextAt(appendedAt),
                    at));
        }
        Phase moved = happening.move(phase, noted, event.attempt(), appendedAt);
        return new JobState(
                id, tenant, type, queue, facts, dispatched, command, moved, noted, at.offset(), applied + 1, fenced);
    }

    private JobState sent(int attempt, Position at) {
        boolean news = command == null || attempt > dispatched || attempt == dispatched && at.compareTo(command) > 0;
        return news
                ? new JobState(id, tenant, type, queue, facts, attempt, at, phase, work, eventOffset, applied, fenced)
                : this;
    }

    private JobState withFacts(JobFacts known) {
        return new JobState(
                id, tenant, type, queue, known, dispatched, command, phase, work, eventOffset, applied, fenced);
    }

    public Status status() {
        return phase.status();
    }

    /** Rises with everything a client can see, and with nothing else: the ETag. */
    public int version() {
        return applied + (facts == null ? 0 : 1);
    }

    public Instant createdAt() {
        return id.createdAt();
    }

    public Instant updatedAt() {
        return work.updatedAt() == null ? createdAt() : work.updatedAt();
    }

    public Optional<Instant> finishedAt() {
        return phase instanceof Phase.Ended ended ? Optional.of(ended.at()) : Optional.empty();
    }

    /** When it must have ended, while that still counts: not once it ended, nor after an operator took it up again. */
    public Optional<Instant> deadline() {
        return status().done() || facts == null || work.wasRedriven()
                ? Optional.empty()
                : Optional.ofNullable(facts.deadline());
    }

    /** What is to be sent for it later, if anything. */
    public Optional<Timer> timer() {
        return phase instanceof Phase.Queued queued && dispatched < queued.attempt() && command != null
                ? Optional.of(new Timer(queued.attempt(), dueAt(queued), command, queued.heldBy()))
                : Optional.empty();
    }

    private Instant dueAt(Phase.Queued queued) {
        if (queued.notBefore() != null) {
            return queued.notBefore();
        }
        return facts != null && facts.scheduledTime() != null ? facts.scheduledTime() : createdAt();
    }
}
