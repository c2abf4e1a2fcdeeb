package dev.accepted.store.shadow;

import static dev.accepted.store.shadow.Catalogue.LIVE;
import static dev.accepted.store.shadow.Catalogue.RETIRED;
import static dev.accepted.store.shadow.Catalogue.SHADOW;
import static dev.accepted.store.shadow.Catalogue.SWAPPED;
import static dev.accepted.store.shadow.Catalogue.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Puts a complete shadow in the place of the live tables, which are kept as they were. */
public final class Swap {

    /** What others are doing when the lock is not to be had: the lock's time is over, a deadlock. */
    private static final Set<String> IN_USE = Set.of("55P03", "40P01");

    // A timer that is being moved, or that was put off because it could not be sent, stays as it is.
    private static final String KEEP_WHAT_THE_LOG_DOES_NOT_SAY = """
            UPDATE shadow.timer s SET due_at = l.due_at, moved_at = l.moved_at FROM public.timer l
            WHERE l.job = s.job AND l.attempt = s.attempt AND (l.moved_at IS NOT NULL OR %s)""".formatted(Catalogue.PUT_OFF);

    // Of nearly all of these the command was sent a moment ago, and its fold is about to drop them: until then they
    // rest.
    private static final String REST = """
            UPDATE shadow.timer s SET due_at = greatest(s.due_at, now() + interval '5 seconds')
            WHERE NOT EXISTS (SELECT FROM public.timer l WHERE l.job = s.job AND l.attempt >= s.attempt)""";

    private Swap() {}

    /**
     * Keeps everybody from folding and from firing until the transaction ends; the table is still read.
     *
     * @param patience everybody else waits behind this as long as this waits
     * @throws SQLException also when the lock is not to be had in that time, see {@link #isInUse}
     */
    public static void block(Connection connection, Duration patience) throws SQLException {
        execute(connection, "SET LOCAL lock_timeout = " + patience.toMillis());
        execute(connection, "SET LOCAL synchronous_commit = on");
        // In the order in which the fold takes them.
        execute(connection, "LOCK TABLE ONLY public.job IN EXCLUSIVE MODE");
        execute(connection, "LOCK TABLE public.timer IN EXCLUSIVE MODE");
    }

    /** Whether the tables were in use, and it may be tried again. */
    public static boolean isInUse(SQLException failure) {
        return failure.getSQLState() != null && IN_USE.contains(failure.getSQLState());
    }

    /**
     * Swaps, in a transaction that has blocked the others and in which the shadow was filled to where the live tables are.
     *
     * @throws SQLException also when the live tables have other columns, constraints or indexes by now
     */
    public static void exchange(Connection connection) throws SQLException {
        ShadowSchema.align(connection);
        if (!Catalogue.structure(connection, LIVE).equals(Catalogue.structure(connection, SHADOW))) {
            throw new SQLException("The table was changed by an update while it was rebuilt; nothing was swapped");
        }
        execute(connection, KEEP_WHAT_THE_LOG_DOES_NOT_SAY);
        execute(connection, REST);
        execute(connection, "LOCK TABLE ONLY public.job, public.timer IN ACCESS EXCLUSIVE MODE");
        execute(connection, "CREATE SCHEMA retired");
        move(connection, LIVE, RETIRED);
        move(connection, SHADOW, LIVE);
    }

    private static void move(Connection connection, String from, String to) throws SQLException {
        List<String> partitions =
                List.copyOf(Catalogue.partitions(connection, from).keySet());
        for (String table : SWAPPED) {
            execute(connection, "ALTER TABLE %s.%s SET SCHEMA %s".formatted(from, table, to));
        }
        for (String partition : partitions) {
            execute(connection, "ALTER TABLE %s.%s SET SCHEMA %s".formatted(from, partition, to));
        }
    }

    /** Whether tables that were swapped out are still kept. */
    public static boolean keepsOld(Connection connection) throws SQLException {
        return Catalogue.exists(connection, RETIRED);
    }

    /**
     * Drops the tables that were swapped out; false if there are none.
     *
     * @throws SQLException also when somebody still reads them
     */
    public static boolean dropOld(Connection connection) throws SQLException {
        boolean kept = keepsOld(connection);
        execute(connection, "SET LOCAL lock_timeout = '2s'");
        execute(connection, "DROP SCHEMA IF EXISTS retired CASCADE");
        return kept;
    }
}
