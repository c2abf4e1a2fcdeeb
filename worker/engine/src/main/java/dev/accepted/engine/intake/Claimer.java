package dev.accepted.engine.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.id.Horizon;
import dev.accepted.contract.job.Limit;
import dev.accepted.engine.execution.Assignment;
import dev.accepted.engine.execution.RunningJobs;
import dev.accepted.engine.intake.Commands.Taken;
import dev.accepted.engine.lease.KnownLimits;
import dev.accepted.engine.process.EngineConfig;
import dev.accepted.store.concurrency.LimitedClaim;
import dev.accepted.store.concurrency.LimitedClaim.Claimed;
import dev.accepted.store.lease.LeaseTable;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.lease.LeaseTable.Holder;
import dev.accepted.store.lease.LeaseTable.Legacy;
import dev.accepted.store.lease.LeasedCommand;
import dev.accepted.store.transaction.Transaction;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Claims the leases of a polled batch in one statement: each (job, attempt) at most once, by whomever. Where one of them
 * is under a limit it takes a few statements more, in one transaction.
 */
@Singleton
class Claimer {

    private static final Logger LOG = Logger.getLogger(Claimer.class);

    private final DataSource database;
    private final Holder self;
    private final Duration ttl;
    private final Clock clock;
    private final Horizon horizon;
    private final KnownLimits limits;
    private final RunningJobs running;

    /** Attempts whose claim was asked for and not answered, with when, by this process's clock: they may be ours. */
    private final Map<Held, Long> unanswered = new HashMap<>();

    Claimer(
            DataSource database,
            Holder self,
            Clock clock,
            KnownLimits limits,
            RunningJobs running,
            EngineConfig config) {
        this.database = database;
        this.self = self;
        this.ttl = config.worker().leaseTtl();
        this.clock = clock;
        this.limits = limits;
        this.running = running;
        this.horizon = new Horizon(config.retention());
    }

    /** The part of the batch that is ours to run, or to hold back; the rest was had already, or is gone. */
    List<Assignment> claim(List<Taken> batch) throws SQLException {
        Map<UUID, Taken> wanted = new LinkedHashMap<>();
        for (Taken taken : batch) {
            // A queue that is read again from its beginning may have commands of jobs that were purged.
            if (horizon.hasPassed(taken.command().id(), clock.instant())) {
                LOG.infof(
                        "%s is older than jobs are kept and is not run",
                        taken.command().id());
                continue;
            }
            // One statement cannot claim a job twice: of several attempts only the latest may run.
            wanted.merge(
                    taken.command().id().uuid(),
                    taken,
                    (a, b) -> a.command().attempt() >= b.command().attempt() ? a : b);
        }
        if (wanted.isEmpty()) {
            return List.of();
        }
        long asked = System.nanoTime();
        try (Connection connection = database.getConnection()) {
            wanted.values().forEach(taken -> unanswered.putIfAbsent(held(taken), asked));
            Claimed fresh = claim(connection, wanted.values());
            Claimed claimed = withThoseUnheardOf(connection, fresh, wanted.values(), asked);
            Map<UUID, Legacy> legacies = legacies(connection, wanted, claimed.toRun());
            List<Assignment> ours = new ArrayList<>(wanted.size());
            for (Taken taken : wanted.values()) {
                UUID job = taken.command().id().uuid();
                Limit heldBy = claimed.heldBack().get(job);
                if (heldBy != null || claimed.toRun().contains(job)) {
                    Legacy legacy = legacies.getOrDefault(job, Legacy.NONE);
                    ours.add(new Assignment(
                            taken.command(),
                            taken.record(),
                            json(legacy.checkpoint()),
                            legacy.failures(),
                            legacy.begun(),
                            leasedAt(taken, fresh, asked),
                            heldBy));
                }
            }
            answered(wanted.values(), asked);
            return ours;
        }
    }

    /** A lease that an earlier, unanswered claim got may be as old as that; what this one got is not. */
    private long leasedAt(Taken taken, Claimed fresh, long asked) {
        return fresh.toRun().contains(taken.command().id().uuid())
                ? asked
                : unanswered.getOrDefault(held(taken), asked);
    }

    private Claimed claim(Connection connection, Collection<Taken> wanted) throws SQLException {
        List<LeasedCommand> batch = wanted.stream().map(Taken::toClaim).toList();
        return wanted.stream().anyMatch(taken -> limits.concern(taken.command()))
                ? Transaction.run(connection, c -> LimitedClaim.claim(c, self, ttl, batch))
                : new Claimed(LeaseTable.claim(connection, self, ttl, batch), Map.of());
    }

    /** What came with an earlier batch may come again as long as its lease can live. */
    private void answered(Collection<Taken> batch, long now) {
        batch.forEach(taken -> unanswered.remove(held(taken)));
        unanswered.values().removeIf(asked -> now - asked > ttl.toNanos());
    }

    private static Held held(Taken taken) {
        return new Held(taken.command().id().uuid(), taken.command().attempt());
    }

    /**
     * A connection that breaks between a claim and its answer leaves leases of ours that we have not heard of. Asked for
     * again they are refused, and would run out in nobody's hands.
     */
    private Claimed withThoseUnheardOf(Connection connection, Claimed claimed, Collection<Taken> wanted, long asked)
            throws SQLException {
        List<Held> doubtful = wanted.stream()
                .map(Claimer::held)
                .filter(attempt -> unanswered.getOrDefault(attempt, asked) < asked
                        && !claimed.toRun().contains(attempt.job())
                        && !claimed.heldBack().containsKey(attempt.job())
                        && !running.heardOf(attempt))
                .toList();
        if (doubtful.isEmpty()) {
            return claimed;
        }
        Set<UUID> toRun = new HashSet<>(claimed.toRun());
        toRun.addAll(LeaseTable.mine(connection, self, doubtful));
        return new Claimed(toRun, claimed.heldBack());
    }

    private static Map<UUID, Legacy> legacies(Connection connection, Map<UUID, Taken> wanted, Set<UUID> claimed)
            throws SQLException {
        List<UUID> again = claimed.stream()
                .filter(job -> {
                    Taken taken = wanted.get(job);
                    return taken != null && taken.command().attempt() > 1;
                })
                .toList();
        return again.isEmpty() ? Map.of() : LeaseTable.legacies(connection, again);
    }

    private static @Nullable JsonNode json(@Nullable String text) throws SQLException {
        try {
            return text == null ? null : Wire.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new SQLException("A checkpoint in the job table does not read", e);
        }
    }
}
