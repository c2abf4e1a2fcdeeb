package dev.accepted.gateway.estimates;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.Attempt;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Phase;
import dev.accepted.contract.job.Progress;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.job.Work;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.estimates.QueueView.Standing;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Says what is to be expected of a job: the one function behind {@code status}, position and estimates. */
@Singleton
public class Estimates {

    private static final Duration SHORTEST_REST = Duration.ofSeconds(1);

    /** An overdue job is expected to take this part of its time so far again. */
    private static final int OVERDUE_PART = 10;

    private final Standings queues;
    private final ServiceRates rates;
    private final HeldJobs held;
    private final Clock clock;

    Estimates(Standings queues, ServiceRates rates, HeldJobs held, Clock clock) {
        this.queues = queues;
        this.rates = rates;
        this.held = held;
        this.clock = clock;
    }

    /** The outlook of a job; empty once it is done. */
    public Optional<Outlook> of(JobState state, JobTypeDescriptor type) {
        if (state.status().done()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Duration mean = rates.mean(state.type()).orElse(type.typicalDuration());
        return Optional.of(
                state.phase() instanceof Phase.Queued queued
                        ? waiting(state, queued, mean, now)
                        : running(state, mean, now));
    }

    /** How long the workers are busy with so many jobs like those of a type. */
    public Duration timeOf(long jobs, JobTypeDescriptor type) {
        int slots = Math.max(1, queues.slots(type.queue()));
        Duration mean = rates.mean(type.type()).orElse(type.typicalDuration());
        return mean.multipliedBy((jobs + slots - 1) / slots);
    }

    private Outlook waiting(JobState state, Phase.Queued queued, Duration mean, Instant now) {
        boolean sent = queued.heldBy() != null && state.timer().isEmpty();
        Optional<HeldJobs.Place> place = sent ? Optional.empty() : held.place(state, queued);
        Optional<Instant> due = state.timer().map(timer -> timer.dueAt());
        Position command = state.command();
        if (place.isPresent() && due.filter(now::isBefore).isEmpty()) {
            return held(place.get(), mean, now);
        }
        if (due.isPresent() || command == null) {
            Instant start = due.filter(now::isBefore).orElse(now);
            return new Outlook(Status.QUEUED, OptionalLong.of(0), start, start.plus(mean));
        }
        Standing standing = queues.standing(state.queue(), command, arrivedMicros(state, queued));
        Status shown = standing.startsNow() ? Status.PROCESSING : Status.QUEUED;
        Instant start = now.plus(mean.multipliedBy(standing.rounds()));
        return new Outlook(shown, OptionalLong.of(standing.position()), start, start.plus(mean));
    }

    /** One that waits for a limit begins when, of those that run, as many have ended as are before it, and one more. */
    private static Outlook held(HeldJobs.Place place, Duration mean, Instant now) {
        Instant start = now.plus(mean.multipliedBy(place.ahead() / place.most() + 1));
        return new Outlook(Status.QUEUED, OptionalLong.of(place.ahead()), start, start.plus(mean));
    }

    /** When its command came to the queue: at its acceptance, or when a timer sent it. */
    private static long arrivedMicros(JobState state, Phase.Queued queued) {
        long accepted = micros(state.id());
        Instant scheduled = state.facts() == null ? null : state.facts().scheduledTime();
        Instant sent = queued.notBefore() != null ? queued.notBefore() : scheduled;
        return sent == null ? accepted : Math.max(accepted, micros(sent));
    }

    private static Outlook running(JobState state, Duration mean, Instant now) {
        Work work = state.work();
        if (work.startedAt() == null) {
            return new Outlook(state.status(), OptionalLong.of(0), now, now.plus(mean));
        }
        Instant began = beginOfAttempt(work, work.startedAt());
        Duration sofar = Duration.between(began, now);
        Duration rest = rest(sofar, work.progress(), mean);
        return new Outlook(state.status(), OptionalLong.empty(), work.startedAt(), now.plus(rest));
    }

    private static Instant beginOfAttempt(Work work, Instant firstBegan) {
        List<Attempt> history = work.history();
        Instant lastEnded = history.isEmpty()
                ? Instant.MIN
                : history.get(history.size() - 1).endedAt();
        return lastEnded.isAfter(firstBegan) ? lastEnded : firstBegan;
    }

    private static Duration rest(Duration sofar, @Nullable Progress progress, Duration mean) {
        double percent = progress == null ? 0 : progress.percent();
        Duration expected = percent > 0 && percent <= 100
                ? Duration.ofMillis((long) (sofar.toMillis() * (100 - percent) / percent))
                : mean.minus(sofar);
        Duration overdue = sofar.dividedBy(OVERDUE_PART);
        Duration rest = expected.isNegative() || expected.isZero() ? overdue : expected;
        return rest.compareTo(SHORTEST_REST) < 0 ? SHORTEST_REST : rest;
    }

    /** The id's time; its UUID carries fractions of the millisecond, which tell jobs of one client apart. */
    private static long micros(JobId id) {
        long fraction = id.uuid().getMostSignificantBits() & 0xfff;
        return id.createdAt().toEpochMilli() * 1000 + (fraction * 1000 >> 12);
    }

    static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }
}
