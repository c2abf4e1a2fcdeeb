package dev.accepted.gateway.sweep;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.accepted.contract.Wire;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.dead.DeadRecords;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.store.job.JobCensus.Census;
import dev.accepted.store.job.JobCensus.Stranded;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code GET /operations/audit}: where every unfinished job of the fleet is. */
@Path("/operations/audit")
public class AuditResource {

    private static final Logger LOG = Logger.getLogger(AuditResource.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SHOWN = 100;
    private static final int RETRY_AFTER_SECONDS = 5;

    private final CurrentCaller caller;
    private final Whereabouts whereabouts;
    private final DeadRecords dead;
    private final Clock clock;
    private final ReentrantLock one = new ReentrantLock();

    AuditResource(CurrentCaller caller, Whereabouts whereabouts, DeadRecords dead, Clock clock) {
        this.caller = caller;
        this.whereabouts = whereabouts;
        this.dead = dead;
        this.clock = clock;
    }

    /**
     * The audit's answer.
     *
     * @param clean whether no job is stranded
     */
    record Audit(Instant at, boolean clean, Unfinished unfinished, List<Lost> stranded, DeadRecords.Summary dead) {}

    /** Unfinished jobs by where they are; {@code stranded} was seen twice. */
    record Unfinished(long total, long inQueue, long underLease, long underTimer, long stranded) {
        static Unfinished of(Census census, int stranded) {
            return new Unfinished(census.unfinished(), census.queued(), census.leased(), census.timed(), stranded);
        }
    }

    /** A job in no place. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Lost(
            String jobId,
            String tenant,
            String type,
            String queue,
            String status,
            int attempt,
            @Nullable Position command) {
        static Lost of(Stranded job) {
            return new Lost(
                    job.jobId(),
                    job.tenant(),
                    job.type(),
                    job.queue(),
                    job.status().word(),
                    job.attempt(),
                    job.command());
        }
    }

    /** Looks now; takes as long as the projection needs to come by. */
    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    public Response audit() throws InterruptedException {
        LOG.infof("Audit asked for by %s", caller.require("operations").subject());
        one.lockInterruptibly();
        try {
            Findings found = whereabouts.find(PATIENCE);
            Audit audit = new Audit(
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    found.stranded().isEmpty(),
                    Unfinished.of(found.census(), found.stranded().size()),
                    found.stranded().stream().limit(SHOWN).map(Lost::of).toList(),
                    dead.look());
            return Response.ok(Wire.JSON.writeValueAsBytes(audit))
                    .header("Cache-Control", "no-store")
                    .build();
        } catch (FoldBehind e) {
            throw Problems.reducedCapacity(
                    "The table is not as far as the log, so nothing can be said yet: " + e.getMessage() + ".",
                    RETRY_AFTER_SECONDS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An audit that cannot be written", e);
        } catch (SQLException | ExecutionException e) {
            LOG.warnf("The audit cannot be made: %s", e.getMessage());
            throw Problems.reducedCapacity(
                    "PostgreSQL or Kafka cannot be asked at the moment. No accepted job is lost; ask again later.",
                    RETRY_AFTER_SECONDS);
        } finally {
            one.unlock();
        }
    }
}
