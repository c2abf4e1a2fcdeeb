package dev.accepted.store.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.id.JobId;
import dev.accepted.store.fixture.Jobs;
import dev.accepted.store.fixture.Sessions;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.job.JobTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One partition a day. */
class PartitionsTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Set<String> THREE_DAYS = Set.of("job_20261122", "job_20261123", "job_20261124", "job_default");

    private Sessions sessions;
    private Connection connection;

    @BeforeEach
    void open() throws Exception {
        sessions = new Sessions(StoreDatabase.fresh());
        connection = sessions.open();
    }

    @AfterEach
    void close() throws Exception {
        sessions.close();
    }

    @Test
    void theDaysFromTheOneBeforeHavePartitionsHoweverOftenTheyAreEnsured() throws Exception {
        for (int times = 0; times < 2; times++) {
            Partitions.ensure(connection, NOON, 1);
            connection.commit();
            assertEquals(THREE_DAYS, partitions());
        }
        Partitions.ensure(connection, NOON.plus(Duration.ofDays(1)), 1);
        assertEquals(5, partitions().size());
    }

    @Test
    void aRowLiesInItsDayToTheMillisecond() throws Exception {
        Partitions.ensure(connection, NOON, 1);
        Instant midnight = Instant.parse("2026-11-23T00:00:00Z");
        Instant nextMidnight = midnight.plus(Duration.ofDays(1));
        assertEquals("job_20261122", home(Jobs.id(midnight.minusMillis(1), 1)));
        assertEquals("job_20261123", home(Jobs.id(midnight, 2)));
        assertEquals("job_20261123", home(Jobs.id(nextMidnight.minusMillis(1), 3)));
        assertEquals("job_20261124", home(Jobs.id(nextMidnight, 4)));
    }

    @Test
    void defaultTakesWhatAWrongClockMade() throws Exception {
        Partitions.ensure(connection, NOON, 1);
        assertEquals("job_default", home(Jobs.id(Instant.parse("2038-01-19T00:00:00Z"), 1)));
        assertEquals("job_default", home(Jobs.id(Instant.EPOCH, 2)));
    }

    @Test
    void aDayOfWhichRowsLieInDefaultStaysThereAndTheOthersAreMade() throws Exception {
        assertEquals("job_default", home(Jobs.id(NOON, 1)));
        connection.commit();
        Partitions.ensure(connection, NOON, 1);
        connection.commit();
        assertEquals(Set.of("job_20261122", "job_20261124", "job_default"), partitions());
        assertEquals("job_default", home(Jobs.id(NOON, 2)));
    }

    @Test
    void aRowThatCameIntoDefaultMeanwhileIsSeen() throws Exception {
        Partitions.ensure(connection, NOON, -1);
        connection.commit();
        JobTable.insert(connection, List.of(Jobs.queued(Jobs.id(NOON, 1))));
        Connection ensuring = sessions.open();
        Future<Boolean> ensured = sessions.start(ensuring, c -> {
            Partitions.ensure(c, NOON, 1);
            c.commit();
            return true;
        });
        sessions.awaitBlocked(ensuring);
        connection.commit();
        assertTrue(Sessions.get(ensured));
        assertEquals(Set.of("job_20261122", "job_20261124", "job_default"), partitions());
    }

    @Test
    void gatewaysThatStartTogetherTakeTurns() throws Exception {
        List<Future<Boolean>> starting = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            Connection gateway = sessions.open();
            boolean inATransaction = n % 2 == 0;
            gateway.setAutoCommit(!inATransaction);
            starting.add(sessions.start(gateway, c -> {
                Partitions.ensure(c, NOON, 1);
                if (inATransaction) {
                    c.commit();
                }
                return true;
            }));
        }
        for (Future<Boolean> each : starting) {
            assertTrue(Sessions.get(each));
        }
        assertEquals(THREE_DAYS, partitions());
    }

    @Test
    void aGatewayThatWaitsForItsTurnDoesNotHoldUpTheOneWhoseTurnItIs() throws Exception {
        connection.setAutoCommit(false);
        StoreDatabase.run(connection, "SELECT pg_advisory_xact_lock(hashtext('job partitions'))");
        Connection second = sessions.open();
        second.setAutoCommit(false);
        Future<Boolean> waiting = sessions.start(second, c -> {
            Partitions.ensure(c, NOON, 1);
            c.commit();
            return true;
        });
        sessions.awaitBlocked(second);
        Partitions.ensure(connection, NOON, 1);
        connection.commit();
        assertTrue(Sessions.get(waiting));
        assertEquals(THREE_DAYS, partitions());
    }

    @Test
    void foldsThatRunMeanwhileGoOn() throws Exception {
        Connection folding = sessions.open();
        Future<Integer> folded = sessions.start(folding, c -> {
            int inserted = 0;
            for (int n = 0; n < 100; n++) {
                inserted += JobTable.insert(c, List.of(Jobs.queued(Jobs.id(NOON.plus(Duration.ofDays(n % 9)), n))))
                        .size();
                JobTable.lock(c, List.of(Jobs.id(NOON, n).uuid()));
                c.commit();
            }
            return inserted;
        });
        for (int day = 0; day < 8; day++) {
            Partitions.ensure(connection, NOON.plus(Duration.ofDays(day)), 1);
            connection.commit();
        }
        assertEquals(100, Sessions.get(folded));
        assertEquals(100, StoreDatabase.number(connection, "SELECT count(*) FROM job"));
    }

    @Test
    void aDayIsDroppedWithItsJobsAndNoOther() throws Exception {
        Partitions.ensure(connection, NOON, 1);
        Instant dayBefore = NOON.minus(Duration.ofDays(1));
        home(Jobs.id(dayBefore, 1));
        home(Jobs.id(NOON, 2));
        home(Jobs.id(Instant.EPOCH, 3));
        connection.commit();
        LocalDate firstKept = LocalDate.parse("2026-11-23");
        assertEquals(List.of(LocalDate.parse("2026-11-22")), Partitions.before(connection, firstKept));
        for (int times = 0; times < 2; times++) {
            Partitions.drop(connection, LocalDate.parse("2026-11-22"));
            connection.commit();
        }
        assertEquals(List.of(), Partitions.before(connection, firstKept));
        assertEquals(Set.of("job_20261123", "job_20261124", "job_default"), partitions());
        assertEquals(2, StoreDatabase.number(connection, "SELECT count(*) FROM job"));
    }

    @Test
    void aTableInUseIsNotWaitedForLong() throws Exception {
        Partitions.ensure(connection, NOON, 1);
        home(Jobs.id(NOON, 1));
        connection.commit();
        connection.setAutoCommit(false);
        StoreDatabase.number(connection, "SELECT count(*) FROM job");
        Connection purging = sessions.open();
        purging.setAutoCommit(false);
        SQLException inUse =
                assertThrows(SQLException.class, () -> Partitions.drop(purging, LocalDate.parse("2026-11-22")));
        assertEquals("55P03", inUse.getSQLState());
        purging.rollback();
        connection.commit();
        Partitions.drop(purging, LocalDate.parse("2026-11-22"));
        purging.commit();
        assertEquals(Set.of("job_20261123", "job_20261124", "job_default"), partitions());
    }

    private String home(JobId id) throws Exception {
        JobTable.insert(connection, List.of(Jobs.queued(id)));
        return text("SELECT tableoid::regclass::text FROM job WHERE id = '" + id.uuid() + "'")
                .iterator()
                .next();
    }

    private Set<String> partitions() throws Exception {
        return text("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'job'::regclass");
    }

    private Set<String> text(String query) throws Exception {
        Set<String> found = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
