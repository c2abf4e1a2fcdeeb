package dev.accepted.gateway.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.accepted.gateway.system.Loops;
import dev.accepted.store.job.UnfinishedJobs;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * About how many unfinished jobs a tenant has: counted once a second for those who submit, plus what this gateway has
 * accepted since. Safe for use by many threads; only {@link #count} waits.
 *
 * <p>The count is as of the table, and of other gateways' last second nothing is known: a tenant may come over its limit
 * by what it submits in that time. While PostgreSQL is away the last count is not believed, and nobody is refused.
 */
@Singleton
class Backlog {

    private static final Logger LOG = Logger.getLogger(Backlog.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(5);

    /** Counting goes on beyond a limit, so that a refusal can tell how far it is exceeded, but not for ever. */
    private static final int BEYOND = 2;

    private final DataSource database;
    private final Loops loops;
    private final Cache<String, Tenant> tenants =
            Caffeine.newBuilder().expireAfterAccess(FORGOTTEN_AFTER).build();
    private boolean failing;

    Backlog(DataSource database, Loops loops) {
        this.database = database;
        this.loops = loops;
    }

    /** What is known of one tenant. */
    private static final class Tenant {

        private final int limit;
        private long counted;
        private long since;

        Tenant(int limit) {
            this.limit = limit;
        }

        synchronized long unfinished() {
            return counted + since;
        }

        synchronized void accepted(int jobs) {
            since += jobs;
        }

        synchronized long beginCount() {
            return since;
        }

        /** @param before what had been accepted when the count began: it is in the table by now */
        synchronized void counted(long now, long before) {
            counted = now;
            since -= before;
        }

        synchronized void forget() {
            counted = 0;
            since = 0;
        }
    }

    void start(@Observes StartupEvent started) {
        loops.every(PERIOD, this::count);
    }

    /** Unfinished jobs of a tenant that is held to a limit. */
    long unfinished(String tenant, int limit) {
        return of(tenant, limit).unfinished();
    }

    /** This gateway has accepted some of such a tenant. */
    void accepted(String tenant, int limit, int jobs) {
        of(tenant, limit).accepted(jobs);
    }

    private Tenant of(String tenant, int limit) {
        return tenants.get(tenant, name -> new Tenant(limit));
    }

    void count() {
        if (tenants.asMap().isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            for (var tenant : tenants.asMap().entrySet()) {
                Tenant known = tenant.getValue();
                long before = known.beginCount();
                known.counted(UnfinishedJobs.count(connection, tenant.getKey(), (long) known.limit * BEYOND), before);
            }
            failing = false;
        } catch (SQLException e) {
            tenants.asMap().values().forEach(Tenant::forget);
            if (!failing) {
                LOG.warnf("Unfinished jobs cannot be counted; no tenant is held to its limit until they can: %s", e);
            }
            failing = true;
        }
    }
}
