package dev.accepted.gateway.upkeep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.gateway.system.Loops;
import dev.accepted.store.shadow.ShadowSchema;
import dev.accepted.store.transaction.Transaction;
import dev.accepted.store.upkeep.Upkeep.Kind;
import dev.accepted.store.upkeep.Upkeep.Status;
import dev.accepted.store.upkeep.UpkeepTable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Does one verification or rebuild at a time, on a thread of its own, and says each second how it gets on. */
@ApplicationScoped
class Upkeeper {

    /** What is not heard of for so long has failed, and can be begun again by any gateway. */
    static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger(Upkeeper.class);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration STOPPING = Duration.ofSeconds(5);
    private static final Duration SHADOW_PATIENCE = Duration.ofSeconds(30);
    private static final int KEPT = 200;

    private final DataSource database;
    private final Map<String, Object> kafka;
    private final Verification verification;
    private final Rebuild rebuild;
    private final UuidV7 ids;
    private final String gateway = ManagementFactory.getRuntimeMXBean().getName();

    private final AtomicReference<@Nullable Run> running = new AtomicReference<>();
    private volatile @Nullable Thread thread;

    Upkeeper(
            DataSource database,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Verification verification,
            Rebuild rebuild,
            UuidV7 ids) {
        this.database = database;
        this.kafka = kafka;
        this.verification = verification;
        this.rebuild = rebuild;
        this.ids = ids;
    }

    void start(@Observes StartupEvent started, Loops loops) {
        loops.every(BEAT, this::beat);
    }

    /**
     * Begins one here, unless one is running anywhere.
     *
     * @return its id; empty if one is running
     */
    Optional<UUID> begin(Kind kind, String actor, @Nullable String reason) throws SQLException {
        Run run = new Run(ids.next(), kind);
        boolean begun = Transaction.run(database, connection -> {
            UpkeepTable.closeSilent(connection, SILENCE);
            UpkeepTable.forget(connection, KEPT);
            return UpkeepTable.begin(connection, run.id(), kind, run.stage().word(), actor, reason, gateway);
        });
        if (!begun) {
            return Optional.empty();
        }
        running.set(run);
        Thread made = new Thread(() -> perform(run), "upkeep");
        made.setDaemon(true);
        thread = made;
        made.start();
        return Optional.of(run.id());
    }

    private void perform(Run run) {
        long since = System.nanoTime();
        Task.Ended ended = ended(run);
        try {
            Transaction.run(
                    database,
                    connection -> UpkeepTable.finish(
                            connection, run.id(), ended.as(), ended.result().toString()));
        } catch (SQLException e) {
            LOG.warnf("That a %s has ended cannot be written; it will count as failed: %s", run.kind(), e.getMessage());
        }
        running.compareAndSet(run, null);
        LOG.infof(
                "The %s %s has ended after %d s, as %s: %s",
                run.kind().word(),
                run.id(),
                Duration.ofNanos(System.nanoTime() - since).toSeconds(),
                ended.as().word(),
                ended.result());
    }

    private Task.Ended ended(Run run) {
        try (Connection session = database.getConnection()) {
            awaitShadow(run, session);
            try (WholeLog log = new WholeLog(kafka)) {
                return (run.kind() == Kind.REBUILD ? rebuild : verification).perform(run, session, log);
            } finally {
                cleanUp(session);
            }
        } catch (Halted e) {
            return failure(e.as(), e.why());
        } catch (Late e) {
            return failure(
                    Status.FAILED,
                    "The last records of the log could not be read. Nothing was changed; it can be started again.");
        } catch (InterruptedException | InterruptException e) {
            return failure(Halted.byStop().as(), Halted.byStop().why());
        } catch (SQLException | KafkaException e) {
            LOG.warnf(e, "A %s has failed", run.kind().word());
            return failure(
                    Status.FAILED,
                    "PostgreSQL or Kafka did not do their part: " + e.getMessage()
                            + ". Nothing was changed; it can be started again.");
        } catch (RuntimeException e) {
            LOG.errorf(e, "A %s has failed", run.kind().word());
            return failure(
                    Status.FAILED,
                    "This is a fault of the service; its log at this time says more. Nothing was changed.");
        }
    }

    private static Task.Ended failure(Status as, String why) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        return new Task.Ended(as, result.put("failure", why));
    }

    /** A gateway that was declared silent may still be at it. */
    private static void awaitShadow(Run run, Connection session) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + SHADOW_PATIENCE.toNanos();
        while (!ShadowSchema.lock(session)) {
            run.requireGoing();
            if (System.nanoTime() > deadline) {
                throw new Halted(
                        Status.FAILED,
                        "Another gateway, which was not heard of for a while, has the shadow tables still. Nothing was"
                                + " changed; it can be started again.");
            }
            TimeUnit.NANOSECONDS.sleep(BEAT.toNanos());
        }
    }

    private static void cleanUp(Connection session) throws SQLException {
        try {
            Transaction.run(session, connection -> {
                ShadowSchema.drop(connection);
                return true;
            });
            ShadowSchema.unlock(session);
        } catch (SQLException e) {
            // The next one drops what is left; a session that may hold the lock must not go back to the others.
            LOG.debugf(e, "The shadow is dropped later");
            session.abort(Runnable::run);
        }
    }

    private void beat() {
        Run run = running.get();
        if (run == null) {
            return;
        }
        try {
            UpkeepTable.Heard heard = Transaction.run(
                    database,
                    connection ->
                            UpkeepTable.beat(connection, run.id(), run.stage().word(), run.measure(System.nanoTime())));
            if (!heard.running()) {
                run.halt(new Halted(Status.FAILED, "It was not heard of for too long and counts as failed."));
            } else if (heard.abortedBy() != null) {
                run.halt(new Halted(
                        Status.ABORTED, heard.abortedBy() + " let it end before it was done. Nothing was changed."));
            }
        } catch (SQLException e) {
            LOG.debugf(e, "How the upkeep gets on cannot be written now");
        }
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        Run run = running.get();
        Thread at = thread;
        if (run != null && at != null) {
            run.halt(Halted.byStop());
            at.join(STOPPING.toMillis());
        }
    }
}
