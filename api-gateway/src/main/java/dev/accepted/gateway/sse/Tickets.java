package dev.accepted.gateway.sse;

import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.sse.TicketSeal.Ticket;
import dev.accepted.gateway.status.Refusals;
import dev.accepted.gateway.status.TableAway;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.gateway.system.Loops;
import dev.accepted.store.ticket.TicketTable;
import dev.accepted.store.transaction.Transaction;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Hands out tickets and takes them, at whichever gateway. A ticket is sealed, not stored; that it was used is. Nobody
 * writes a ticket to a log.
 */
@ApplicationScoped
class Tickets {

    private static final Logger LOG = Logger.getLogger(Tickets.class);
    private static final Duration TIDY = Duration.ofMinutes(1);

    private final TicketSeal seal;
    private final DataSource database;
    private final Clock clock;
    private final RandomGenerator random;
    private final Duration life;
    private final Loops loops;

    Tickets(
            TicketSeal seal,
            DataSource database,
            Clock clock,
            RandomGenerator random,
            GatewayConfig config,
            Loops loops) {
        this.seal = seal;
        this.database = database;
        this.clock = clock;
        this.random = random;
        this.life = config.watching().ticketLife();
        this.loops = loops;
    }

    /** A ticket as its owner gets it. */
    record Issued(String ticket, Instant expiresAt) {}

    /**
     * What a ticket is good for.
     *
     * @param good false if it was used before or came too late: it shows whose it was, and opens nothing
     */
    record Shown(String tenant, boolean good) {}

    Issued issue(String jobId, String tenant) {
        Instant expiresAt = clock.instant().plus(life);
        UUID nonce = new UUID(random.nextLong(), random.nextLong());
        return new Issued(seal.seal(new Ticket(nonce, expiresAt, tenant), jobId), expiresAt);
    }

    /** Takes a ticket for a job; fails with a {@link Problem}: 401 if it is none, 503 if PostgreSQL is away. */
    Uni<Shown> take(String text, String jobId) {
        Optional<Ticket> ticket = seal.read(text, jobId);
        if (ticket.isEmpty()) {
            return Uni.createFrom().failure(invalid());
        }
        Ticket shown = ticket.get();
        if (!clock.instant().isBefore(shown.expiresAt())) {
            return Uni.createFrom().item(new Shown(shown.tenant(), false));
        }
        return Uni.createFrom()
                .item(() -> new Shown(shown.tenant(), use(shown)))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onFailure(TableAway::is)
                .transform(away -> Refusals.tableAway());
    }

    private boolean use(Ticket ticket) {
        try {
            return Transaction.run(database, c -> TicketTable.use(c, ticket.nonce(), ticket.expiresAt()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static Problem invalid() {
        return Problem.of(
                        401,
                        "invalid-ticket",
                        "Invalid ticket",
                        "The ticket is none of this job's, was used before, or came too late. Ask for another one, and"
                                + " open one stream with it.")
                .withHeader("WWW-Authenticate", "Bearer realm=\"jobs\"")
                .withHeader("Cache-Control", "no-store");
    }

    void start(@Observes StartupEvent started) {
        loops.every(TIDY, this::tidy);
    }

    private void tidy() {
        try {
            int forgotten = Transaction.run(database, TicketTable::forgetExpired);
            LOG.debugf("%d used tickets are too old to be used again", forgotten);
        } catch (SQLException e) {
            LOG.warnf("Used tickets cannot be tidied up; tried again in %s: %s", TIDY, e.getMessage());
        }
    }
}
