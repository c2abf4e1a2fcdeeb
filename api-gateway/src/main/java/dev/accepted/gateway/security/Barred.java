package dev.accepted.gateway.security;

import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.system.Loops;
import dev.accepted.store.barred.Bar;
import dev.accepted.store.barred.BarTable;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;

/**
 * Who is not let in although the issuer's signature says so. Kept in memory and read again every few seconds: no request
 * waits for PostgreSQL, and with PostgreSQL away what was read last goes on to count. Safe for use by many threads.
 */
@Singleton
public class Barred {

    private static final Logger LOG = Logger.getLogger(Barred.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final Reading source;
    private volatile Snapshot now = new Snapshot(Set.of(), Set.of(), Map.of());

    @Inject
    Barred(DataSource database) {
        this(() -> {
            try (Connection connection = database.getConnection()) {
                return BarTable.all(connection);
            }
        });
    }

    Barred(Reading source) {
        this.source = source;
    }

    /** Where it stands who is barred. */
    @FunctionalInterface
    interface Reading {
        List<Bar> all() throws SQLException;
    }

    private record Snapshot(Set<String> tenants, Set<String> tokens, Map<String, Instant> subjects) {

        static Snapshot of(List<Bar> bars) {
            return new Snapshot(
                    names(bars, Bar.Kind.TENANT),
                    names(bars, Bar.Kind.TOKEN),
                    bars.stream()
                            .filter(bar -> bar.kind() == Bar.Kind.SUBJECT)
                            .collect(Collectors.toUnmodifiableMap(Bar::name, Bar::since)));
        }

        private static Set<String> names(List<Bar> bars, Bar.Kind kind) {
            return bars.stream()
                    .filter(bar -> bar.kind() == kind)
                    .map(Bar::name)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    void start(@Observes StartupEvent event, Loops loops) {
        refresh();
        loops.every(PERIOD, this::refresh);
    }

    /** Reads who is barred; leaves it as it was when that cannot be read. Blocks. */
    void refresh() {
        try {
            now = Snapshot.of(source.all());
        } catch (SQLException e) {
            LOG.debugf("Who is barred cannot be read (%s); what was read last counts for now", e.getMessage());
        }
    }

    /**
     * Makes sure that a token is not revoked.
     *
     * @throws Problem 401 if it is, or if its subject's tokens of that time are
     */
    void requireValid(JwtClaims claims) throws MalformedClaimException {
        Snapshot known = now;
        String id = claims.getJwtId();
        boolean revoked = id != null && known.tokens.contains(id);
        Instant since = claims.getSubject() == null ? null : known.subjects.get(claims.getSubject());
        if (revoked || since != null && !issuedAfter(claims, since)) {
            throw Refusals.invalidToken("The token has been revoked; get a fresh one.");
        }
    }

    /** A token that does not say when it was issued is taken for an old one; iat has whole seconds. */
    private static boolean issuedAfter(JwtClaims claims, Instant since) throws MalformedClaimException {
        return claims.getIssuedAt() != null && claims.getIssuedAt().getValueInMillis() > since.toEpochMilli();
    }

    /**
     * Makes sure that a caller's tenant is not suspended. Operators are of the fleet and stay in, so that they can end it.
     *
     * @throws Problem 403 if it is
     */
    public void requireServed(Caller caller) {
        if (now.tenants.contains(caller.tenant()) && !caller.may(Caller.OPERATIONS)) {
            throw Refusals.tenantSuspended();
        }
    }
}
