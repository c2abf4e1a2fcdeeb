package dev.accepted.gateway.references;

import dev.accepted.gateway.conditional.EntityTags;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.objects.ObjectStore;
import dev.accepted.objects.StoredObject;
import dev.accepted.store.reference.ReferenceTable;
import dev.accepted.store.reference.ReferenceTable.Current;
import dev.accepted.store.transaction.Transaction;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Stores versions of reference data and finds the current one. Every call may block on I/O. */
@Singleton
class References {

    private static final Logger LOG = Logger.getLogger(References.class);
    private static final int RETRY_SECONDS = 5;

    private final DataSource database;
    private final ObjectStore objects;

    References(DataSource database, ObjectStore objects) {
        this.database = database;
        this.objects = objects;
    }

    /**
     * Makes a content the current version.
     *
     * @param ifMatch the request's precondition, if it has one
     */
    Current put(ReferenceName name, Canonical data, @Nullable String ifMatch) throws IOException {
        StoredObject stored;
        try (InputStream content = data.read()) {
            stored = objects.put(name.tenant(), content);
        }
        try {
            return Transaction.run(database, connection -> {
                Optional<Current> before = lock(connection, name);
                require(ifMatch, before);
                before.ifPresent(replaced -> keep(name, replaced));
                return ReferenceTable.put(
                        connection,
                        name.tenant(),
                        name.collection().path(),
                        name.name(),
                        stored.digest(),
                        data.entries(),
                        data.columns());
            });
        } catch (SQLException e) {
            throw away(e);
        }
    }

    /** Jobs that were accepted until now have the version that is replaced, and need it for as long as they are kept. */
    private void keep(ReferenceName name, Current replaced) {
        try {
            objects.renew(name.tenant(), replaced.digest());
        } catch (NoSuchFileException e) {
            LOG.errorf("The object store has lost %s, version %d", name.path(), replaced.version());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever writes a name waits for the other to be through: with a precondition one of them is told. */
    private static Optional<Current> lock(Connection connection, ReferenceName name) throws SQLException {
        return ReferenceTable.lock(connection, name.tenant(), name.collection().path(), name.name());
    }

    private static void require(@Nullable String ifMatch, Optional<Current> current) {
        String tag = current.map(now -> EntityTags.strong(now.version())).orElse(null);
        if (ifMatch != null && !EntityTags.ifMatchHolds(ifMatch, tag)) {
            throw preconditionFailed(tag);
        }
    }

    /** The current version of a name, if it has one. */
    Optional<Current> find(ReferenceName name) {
        try (Connection connection = database.getConnection()) {
            return ReferenceTable.find(
                    connection, name.tenant(), name.collection().path(), name.name());
        } catch (SQLException e) {
            throw away(e);
        }
    }

    /** The content of a version; the caller closes it. */
    InputStream open(ReferenceName name, Current version) throws IOException {
        return objects.open(name.tenant(), version.digest());
    }

    private static Problem preconditionFailed(@Nullable String current) {
        Problem problem = Problem.of(
                412,
                "precondition-failed",
                "Precondition failed",
                "If-Match does not name the current version. Read it, and send your change on top of it.");
        return current == null ? problem : problem.withHeader("ETag", current);
    }

    private static Problem away(SQLException reason) {
        LOG.warnf("Reference data cannot be read or written, which was answered 503: %s", reason.getMessage());
        return Problems.reducedCapacity(
                "Reference data cannot be read or written at the moment; send the request again later.", RETRY_SECONDS);
    }
}
