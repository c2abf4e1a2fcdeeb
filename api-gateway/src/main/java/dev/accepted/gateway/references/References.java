package dev.accepted.gateway.references;

import dev.accepted.gateway.conditional.EntityTags;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.objects.ObjectStore;
import dev.accepted.objects.StoredObject;
import dev.accepted.store.reference.ReferenceTable;
import dev.accepted.store.reference.ReferenceTable.Current;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Stores versions of reference data and finds the current one. Every call may block on I/O. */
@Singleton
class References {

    private final DataSource database;
    private final ObjectStore objects;

    References(DataSource database, ObjectStore objects) {
        this.database = database;
        this.objects = objects;
    }

    /** Whose data, of which collection, under which name. */
    record ReferenceKey(String tenant, String collection, String name) {}

    /**
     * Makes a content the current version.
     *
     * @param ifMatch the request's precondition, if it has one
     */
    Current put(ReferenceKey key, Canonical data, @Nullable String ifMatch) throws IOException {
        if (ifMatch != null) {
            String tag = find(key).map(now -> EntityTags.strong(now.version())).orElse(null);
            if (!EntityTags.ifMatchHolds(ifMatch, tag)) {
                throw preconditionFailed(tag);
            }
        }
        StoredObject stored = objects.put(key.tenant, data.content());
        try (Connection connection = database.getConnection()) {
            return ReferenceTable.put(
                    connection, key.tenant, key.collection, key.name, stored.digest(), data.entries(), data.columns());
        } catch (SQLException e) {
            throw away(e);
        }
    }

    Optional<Current> find(ReferenceKey key) {
        try (Connection connection = database.getConnection()) {
            return ReferenceTable.find(connection, key.tenant, key.collection, key.name);
        } catch (SQLException e) {
            throw away(e);
        }
    }

    InputStream open(ReferenceKey key, Current version) throws IOException {
        return objects.open(key.tenant, version.digest());
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
        Problem problem = Problem.of(
                        503,
                        "temporary-reduced-capacity",
                        "Temporarily reduced capacity",
                        "Reference data cannot be read or written at the moment; send the request again later.")
                .withHeader("Retry-After", "5");
        problem.addSuppressed(reason);
        return problem;
    }
}
