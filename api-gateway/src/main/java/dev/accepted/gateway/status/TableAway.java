package dev.accepted.gateway.status;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells failures of the database's presence from those of a statement. */
public final class TableAway {

    /** Connection exception, insufficient resources, operator intervention (also a statement cut off for its time). */
    private static final Set<String> CLASSES = Set.of("08", "53", "57");

    private TableAway() {}

    public static boolean is(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                // The pool's own refusals (no connection in time) carry no state.
                String state = sql.getSQLState();
                return state == null || state.length() < 2 || CLASSES.contains(state.substring(0, 2));
            }
        }
        return false;
    }
}
