package dev.accepted.gateway.projection;

import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;

/** Records that read and that cannot be folded, however often it is tried: one of them is to blame. */
final class Unfoldable extends RuntimeException {

    /** How the reason begins of which such a record lies in {@code jobs.dead}. */
    static final String REASON = "cannot be folded: ";

    private static final long serialVersionUID = 1L;

    /**
     * What PostgreSQL says of data: exception, a constraint's violation, beyond its limits. Not what it says of
     * statements (42): a table or a right that is missing would condemn the whole log.
     */
    private static final Set<String> CLASSES_OF_DATA = Set.of("21", "22", "23", "54");

    Unfoldable(Exception cause) {
        super(cause);
    }

    /** Whether the failure comes of the entries and not of the database's state. */
    static boolean isToBlame(Collection<LogEntry> entries, SQLException failure) {
        String state = failure.getSQLState();
        return !entries.isEmpty()
                && state != null
                && state.length() == 5
                && CLASSES_OF_DATA.contains(state.substring(0, 2));
    }

    /** Throws this if the failure comes of the entries and not of the database's state. */
    static void throwIfToBlame(Collection<LogEntry> entries, SQLException failure) {
        if (isToBlame(entries, failure)) {
            throw new Unfoldable(failure);
        }
    }

    /** The first line says what is wrong; what PostgreSQL says behind it is the row. */
    String reason() {
        return REASON + String.valueOf(getCause()).lines().findFirst().orElse("");
    }
}
