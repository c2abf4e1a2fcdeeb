package dev.accepted.gateway.system;

import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.store.transaction.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** PostgreSQL as routes ask it whose whole answer is there or is not. Blocks. */
@Singleton
public class Database {

    private static final Logger LOG = Logger.getLogger(Database.class);
    private static final int RETRY_AFTER_SECONDS = 5;

    private final DataSource source;

    Database(DataSource source) {
        this.source = source;
    }

    /** What asks it, perhaps more than once. */
    @FunctionalInterface
    public interface Asking<T> {
        T ask() throws SQLException;
    }

    /**
     * Does something in one transaction.
     *
     * @param what it reads or writes, as the subject of a sentence in the plural or singular that ends with "cannot be"
     * @throws Problem 503 if it cannot; nothing was changed then
     */
    public <T> T ask(String what, Transaction.Work<T> work) {
        return reach(what, () -> Transaction.run(source, work));
    }

    /** Does something that asks it by itself, on the same terms. */
    public <T> T reach(String what, Asking<T> asking) {
        try {
            return asking.ask();
        } catch (SQLException e) {
            LOG.warnf("%s cannot be read or written, which was answered 503: %s", what, e.getMessage());
            throw Problems.reducedCapacity(
                    what + " cannot be read or written at the moment; nothing was changed. Ask again later.",
                    RETRY_AFTER_SECONDS);
        }
    }
}
