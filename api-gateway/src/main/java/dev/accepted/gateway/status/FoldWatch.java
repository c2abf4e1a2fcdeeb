package dev.accepted.gateway.status;

import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.projection.Pulse;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Waits until events that this gateway wrote are folded: its own fold tells at once, that of another gateway is seen in
 * the table. Safe for use by many threads; never blocks.
 */
@Singleton
public class FoldWatch {

    private static final Duration POLL = Duration.ofMillis(100);

    private final JobRecords records;
    private final ConcurrentMap<UUID, Set<Waiting>> waiting = new ConcurrentHashMap<>();

    FoldWatch(JobRecords records, Pulse pulse) {
        this.records = records;
        pulse.onChange(this::changed);
    }

    private record Waiting(long offset, UniEmitter<? super Optional<JobState>> answer) {}

    /** The job with that event folded, or as it stands when the time is over; empty if it has no row then. */
    public Uni<Optional<JobState>> past(JobId id, Position event, Duration atMost) {
        return Uni.join()
                .first(told(id.uuid(), event.offset()), seen(id.uuid(), event.offset(), atMost.dividedBy(POLL)))
                .withItem()
                .emitOn(Infrastructure.getDefaultWorkerPool());
    }

    private void changed(JobState state) {
        waiting.getOrDefault(state.id().uuid(), Set.of()).forEach(waits -> {
            if (state.eventOffset() >= waits.offset) {
                waits.answer.complete(Optional.of(state));
            }
        });
    }

    private Uni<Optional<JobState>> told(UUID job, long offset) {
        return Uni.createFrom().emitter(answer -> {
            Waiting waits = new Waiting(offset, answer);
            waiting.compute(job, (id, others) -> {
                Set<Waiting> all = others == null ? ConcurrentHashMap.newKeySet() : others;
                all.add(waits);
                return all;
            });
            answer.onTermination(() -> forget(job, waits));
        });
    }

    private void forget(UUID job, Waiting waits) {
        waiting.computeIfPresent(job, (id, all) -> {
            all.remove(waits);
            return all.isEmpty() ? null : all;
        });
    }

    /** The first look comes after the waiting began, so what was folded before that is not missed. */
    private Uni<Optional<JobState>> seen(UUID job, long offset, long polls) {
        return Uni.createFrom()
                .item(() -> records.read(job))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(row -> polls <= 0 || row.isPresent() && row.get().eventOffset() >= offset
                        ? Uni.createFrom().item(row)
                        : Uni.createFrom()
                                .voidItem()
                                .onItem()
                                .delayIt()
                                .by(POLL)
                                .chain(() -> seen(job, offset, polls - 1)));
    }
}
