package dev.accepted.store.shadow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.job.JobState;
import dev.accepted.store.fixture.Jobs;
import dev.accepted.store.fixture.Sessions;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.job.PastJobs;
import dev.accepted.store.partition.Partitions;
import dev.accepted.store.shadow.ShadowSchema.Purpose;
import dev.accepted.store.timer.MovedTimers;
import dev.accepted.store.timer.TimerTable;
import dev.accepted.store.webhook.WebhookTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A second table beside the live one: alike, compared, and put in its place while others use it. */
class ShadowTest {

    private static final UUID LOWEST = new UUID(0, 0);
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final Instant LATER = Instant.parse("2126-11-24T00:00:00Z");

    private Sessions sessions;
    private Connection live;
    private Connection session;

    @BeforeEach
    void open() throws Exception {
        sessions = new Sessions(StoreDatabase.fresh());
        live = sessions.open();
        session = sessions.open();
        Partitions.ensure(live, Jobs.START, 2);
        live.commit();
    }

    @AfterEach
    void close() throws Exception {
        sessions.close();
    }

    /** Writes as the fold does. */
    private static void fold(Connection connection, List<JobState> states) throws SQLException {
        JobTable.insert(connection, states);
        TimerTable.settle(connection, states);
    }

    private void foldLive(JobState... states) throws SQLException {
        fold(live, List.of(states));
        live.commit();
    }

    private void foldShadow(JobState... states) throws SQLException {
        ShadowSchema.enter(session);
        fold(session, List.of(states));
        session.commit();
    }

    private void make(Purpose purpose) throws SQLException {
        ShadowSchema.make(session, purpose);
        session.commit();
    }

    private List<Difference> differences() throws SQLException {
        Comparison comparison = new Comparison(session);
        List<Difference> all = new ArrayList<>();
        UUID after = LOWEST;
        while (!after.equals(Comparison.LAST)) {
            UUID upTo = comparison.bound(after, 2);
            all.addAll(comparison.jobs(after, upTo, 100));
            after = upTo;
        }
        all.addAll(comparison.timers(LOWEST, 100));
        session.commit();
        return all;
    }

    private static Map<String, Difference.Cell> cells(Difference difference) {
        return difference.cells().stream().collect(Collectors.toMap(Difference.Cell::column, cell -> cell));
    }

    private static Difference.Cell cell(Difference difference, String column) {
        return Objects.requireNonNull(cells(difference).get(column));
    }

    private void swap() throws SQLException {
        ShadowSchema.complete(session);
        session.commit();
        exchange();
    }

    private void exchange() throws SQLException {
        ShadowSchema.enter(session);
        Swap.block(session, PATIENCE);
        Swap.exchange(session);
        session.commit();
    }

    private static long number(Connection connection, String sql) throws SQLException {
        long number = StoreDatabase.number(connection, sql);
        connection.commit();
        return number;
    }

    @Test
    void aTransactionThatEnteredWritesBesideTheLiveTablesAndTheNextOneDoesNot() throws Exception {
        make(Purpose.COMPARISON);
        foldShadow(Jobs.queued(Jobs.id(1)), Jobs.scheduled(Jobs.id(2), LATER));
        assertEquals(0, number(live, "SELECT count(*) FROM job"));
        assertEquals(0, number(live, "SELECT count(*) FROM timer"));
        assertEquals(2, number(live, "SELECT count(*) FROM shadow.job"));
        assertEquals(1, number(live, "SELECT count(*) FROM shadow.timer"));
        fold(session, List.of(Jobs.queued(Jobs.id(3))));
        session.commit();
        assertEquals(1, number(live, "SELECT count(*) FROM job"));
    }

    @Test
    void aShadowThatIsCompleteHasAllThatTheLiveTablesHave() throws Exception {
        make(Purpose.SWAP);
        ShadowSchema.complete(session);
        assertEquals(Catalogue.structure(session, "public"), Catalogue.structure(session, "shadow"));
        assertTrue(Catalogue.structure(session, "public").contains("job_by_tenant"));
        assertEquals(Catalogue.partitions(session, "public"), Catalogue.partitions(session, "shadow"));
        make(Purpose.COMPARISON);
        assertFalse(Catalogue.structure(session, "shadow").contains("job_by_tenant"));
    }

    @Test
    void tablesThatSayTheSameDoNotDiffer() throws Exception {
        make(Purpose.COMPARISON);
        for (int n = 0; n < 7; n++) {
            foldLive(Jobs.started(Jobs.queued(Jobs.id(n)), 1));
            foldShadow(Jobs.started(Jobs.queued(Jobs.id(n)), 1));
        }
        foldLive(Jobs.scheduled(Jobs.id(9), LATER));
        foldShadow(Jobs.scheduled(Jobs.id(9), LATER));
        assertEquals(List.of(), differences());
    }

    @Test
    void everyRowThatDiffersIsNamedInTheOrderOfTheIds() throws Exception {
        make(Purpose.COMPARISON);
        for (int n = 0; n < 6; n++) {
            JobState state = Jobs.started(Jobs.queued(Jobs.id(n)), 1);
            if (n != 1) {
                foldLive(state);
            }
            if (n != 4) {
                foldShadow(state);
            }
        }
        StoreDatabase.run(
                live,
                "UPDATE job SET client_reference = 'x', checkpoint = '{\"n\":1}' WHERE id = '"
                        + Jobs.id(3).uuid() + "'");
        live.commit();
        List<Difference> differences = differences();
        assertEquals(
                List.of(Jobs.id(1).uuid(), Jobs.id(3).uuid(), Jobs.id(4).uuid()),
                differences.stream().map(Difference::job).toList());
        assertNull(differences.get(0).table());
        assertNull(differences.get(2).log());
        Map<String, Difference.Cell> changed = cells(differences.get(1));
        assertEquals(Set.of("client_reference", "checkpoint"), changed.keySet());
        assertEquals("x", cell(differences.get(1), "client_reference").table().asText());
        assertTrue(cell(differences.get(1), "client_reference").log().isNull());
    }

    @Test
    void ofTimersThatCountsWhichFollowsFromTheLog() throws Exception {
        make(Purpose.COMPARISON);
        for (int n = 0; n < 5; n++) {
            Instant due = n == 2 ? Instant.parse("2026-11-24T00:00:00Z") : LATER;
            foldLive(Jobs.scheduled(Jobs.id(n), due));
            foldShadow(Jobs.scheduled(Jobs.id(n), due));
        }
        // Moved, and put off because it could not be sent: both is as it should be.
        MovedTimers.move(live, Jobs.id(1).uuid(), 1, LATER.plusSeconds(5));
        TimerTable.putOff(live, List.of(Jobs.id(2).uuid()), Duration.ofSeconds(30));
        live.commit();
        assertEquals(List.of(), differences());
        StoreDatabase.run(
                live,
                "UPDATE timer SET command_offset = 41 WHERE job = '"
                        + Jobs.id(0).uuid() + "'");
        StoreDatabase.run(live, "DELETE FROM timer WHERE job = '" + Jobs.id(3).uuid() + "'");
        live.commit();
        List<Difference> differences = differences();
        assertEquals(
                List.of(Jobs.id(0).uuid(), Jobs.id(3).uuid()),
                differences.stream().map(Difference::job).toList());
        assertEquals(Set.of("command_offset"), cells(differences.get(0)).keySet());
        StoreDatabase.run(live, "UPDATE timer SET due_at = due_at - interval '1 day' WHERE due_at > now()");
        live.commit();
        assertEquals(
                Set.of(Jobs.id(0).uuid(), Jobs.id(3).uuid(), Jobs.id(4).uuid()),
                differences().stream().map(Difference::job).collect(Collectors.toSet()));
    }

    @Test
    void whatIsMissingOnlyOnceIsNotConfirmed() throws Exception {
        make(Purpose.COMPARISON);
        foldShadow(Jobs.scheduled(Jobs.id(0), LATER), Jobs.scheduled(Jobs.id(1), LATER));
        foldLive(Jobs.scheduled(Jobs.id(0), LATER), Jobs.scheduled(Jobs.id(1), LATER));
        TimerTable.drop(live, List.of(Jobs.id(0).uuid(), Jobs.id(1).uuid()));
        live.commit();
        Map<UUID, List<Difference>> first = differences().stream().collect(Collectors.groupingBy(Difference::job));
        // Of one the next attempt's timer is missing by now: the first was fired.
        StoreDatabase.run(
                session,
                "UPDATE shadow.timer SET attempt = 2 WHERE job = '" + Jobs.id(0).uuid() + "'");
        session.commit();
        assertEquals(
                List.of(Jobs.id(1).uuid()),
                Difference.confirmed(differences(), first).stream()
                        .map(Difference::job)
                        .toList());
    }

    @Test
    void aSwapPutsTheNewTableInPlaceAndKeepsTheOldOneUntilItIsDropped() throws Exception {
        foldLive(Jobs.queued(Jobs.id(1)), Jobs.queued(Jobs.id(2)));
        make(Purpose.SWAP);
        foldShadow(Jobs.started(Jobs.queued(Jobs.id(1)), 1));
        assertFalse(Swap.keepsOld(session));
        swap();
        assertEquals(1, number(live, "SELECT count(*) FROM job WHERE status = 'processing'"));
        assertEquals(1, number(live, "SELECT count(*) FROM job"));
        assertEquals(2, number(live, "SELECT count(*) FROM retired.job"));
        assertTrue(Swap.keepsOld(session));
        assertTrue(Swap.dropOld(session));
        assertFalse(Swap.dropOld(session));
        session.commit();
        ShadowSchema.drop(session);
        session.commit();
        assertEquals(1, number(live, "SELECT count(*) FROM job"));
    }

    @Test
    void afterASwapPartitionsAreMadeAndDroppedAndTheTableIsWrittenAsEver() throws Exception {
        foldLive(Jobs.queued(Jobs.id(1)));
        make(Purpose.SWAP);
        foldShadow(Jobs.queued(Jobs.id(1)));
        Partitions.ensure(live, Jobs.START.plus(Duration.ofDays(1)), 2);
        live.commit();
        swap();
        LocalDate day = LocalDate.parse("2026-11-23");
        Partitions.ensure(live, Jobs.START.plus(Duration.ofDays(3)), 2);
        live.commit();
        assertEquals(3, Partitions.before(live, LocalDate.parse("2026-11-25")).size());
        fold(live, Jobs.queued(5, 8));
        JobTable.update(live, List.of(Jobs.started(Jobs.queued(Jobs.id(5)), 1)));
        live.commit();
        assertEquals(1, JobTable.lock(live, List.of(Jobs.id(5).uuid())).size());
        assertTrue(PastJobs.forget(live, Jobs.id(Jobs.START.plusSeconds(1), 0).uuid(), 10) >= 0);
        live.commit();
        Partitions.drop(live, day);
        live.commit();
        assertEquals(0, number(live, "SELECT count(*) FROM job"));
        assertEquals(1, number(live, "SELECT count(*) FROM retired.job"));
        // And once more: nothing of the first time is in the way.
        Swap.dropOld(session);
        make(Purpose.SWAP);
        foldShadow(Jobs.queued(Jobs.id(Jobs.START.plus(Duration.ofDays(2)), 1)));
        swap();
        assertEquals(1, number(live, "SELECT count(*) FROM job"));
        assertEquals(Catalogue.structure(session, "retired"), Catalogue.structure(session, "public"));
    }

    @Test
    void whatOperatorsAndSendingsDidToTimersSurvivesASwap() throws Exception {
        Instant past = Instant.parse("2026-11-24T00:00:00Z");
        JobState[] states = {
            Jobs.scheduled(Jobs.id(0), LATER), Jobs.scheduled(Jobs.id(1), past), Jobs.scheduled(Jobs.id(2), past)
        };
        foldLive(states);
        MovedTimers.move(live, Jobs.id(0).uuid(), 1, LATER.plusSeconds(5));
        TimerTable.putOff(live, List.of(Jobs.id(1).uuid()), Duration.ofSeconds(60));
        // Its command was sent a moment ago.
        TimerTable.drop(live, List.of(Jobs.id(2).uuid()));
        live.commit();
        make(Purpose.SWAP);
        foldShadow(states);
        swap();
        assertEquals(
                1,
                number(
                        live,
                        "SELECT count(*) FROM timer WHERE moved_at IS NOT NULL AND due_at = '" + LATER.plusSeconds(5)
                                + "'"));
        assertEquals(
                1,
                number(
                        live,
                        "SELECT count(*) FROM timer WHERE due_at > now() + interval '30 seconds'"
                                + " AND moved_at IS NULL"));
        assertEquals(List.of(), TimerTable.lockDue(live, 10, TimerTable.Order.OLDEST));
    }

    @Test
    void sessionsWithPreparedStatementsGoOnOverASwap() throws Exception {
        foldLive(Jobs.queued(Jobs.id(1)));
        for (int times = 0; times < 12; times++) {
            assertEquals(1, JobTable.read(live, List.of(Jobs.id(1).uuid())).size());
            JobTable.lock(live, List.of(Jobs.id(1).uuid()));
            JobTable.update(live, List.of(Jobs.queued(Jobs.id(1))));
            WebhookTable.note(live, List.of(Jobs.queued(Jobs.id(1))));
            TimerTable.settle(live, List.of(Jobs.queued(Jobs.id(1))));
            live.commit();
        }
        make(Purpose.SWAP);
        foldShadow(Jobs.started(Jobs.queued(Jobs.id(1)), 1));
        swap();
        assertEquals(
                Jobs.started(Jobs.queued(Jobs.id(1)), 1),
                JobTable.read(live, List.of(Jobs.id(1).uuid())).get(Jobs.id(1).uuid()));
        JobTable.lock(live, List.of(Jobs.id(1).uuid()));
        JobTable.update(live, List.of(Jobs.succeeded(Jobs.started(Jobs.queued(Jobs.id(1)), 1), 1)));
        live.commit();
        assertEquals(1, number(session, "SELECT count(*) FROM job WHERE status = 'succeeded'"));
        assertEquals(1, number(session, "SELECT count(*) FROM retired.job WHERE status = 'queued'"));
    }

    @Test
    void whoeverFoldsWaitsForTheSwapAndFoldsIntoTheNewTable() throws Exception {
        foldLive(Jobs.queued(Jobs.id(1)));
        make(Purpose.SWAP);
        foldShadow(Jobs.queued(Jobs.id(1)));
        ShadowSchema.complete(session);
        session.commit();
        ShadowSchema.enter(session);
        Swap.block(session, PATIENCE);
        Connection reader = sessions.open();
        assertEquals(1, number(reader, "SELECT count(*) FROM job"), "It is read all the same");
        Future<Integer> waits = sessions.start(live, connection -> {
            JobTable.lock(connection, List.of(Jobs.id(1).uuid()));
            int inserted = JobTable.insert(connection, Jobs.queued(2, 5)).size();
            connection.commit();
            return inserted;
        });
        sessions.awaitBlocked(live);
        Swap.exchange(session);
        session.commit();
        assertEquals(3, Sessions.get(waits));
        assertEquals(4, number(reader, "SELECT count(*) FROM job"));
        assertEquals(1, number(reader, "SELECT count(*) FROM retired.job"));
    }

    @Test
    void aTableThatIsInUseIsNotWaitedForLong() throws Exception {
        make(Purpose.SWAP);
        Connection folding = sessions.open();
        JobTable.insert(folding, List.of(Jobs.queued(Jobs.id(1))));
        SQLException inUse = assertThrows(SQLException.class, () -> Swap.block(session, PATIENCE));
        assertTrue(Swap.isInUse(inUse), inUse.getSQLState());
        session.rollback();
        folding.rollback();
        Swap.block(session, PATIENCE);
    }

    @Test
    void aTableThatWasChangedMeanwhileIsNotSwapped() throws Exception {
        make(Purpose.SWAP);
        ShadowSchema.complete(session);
        session.commit();
        StoreDatabase.run(live, "ALTER TABLE job ADD COLUMN mood text");
        live.commit();
        SQLException refused = assertThrows(SQLException.class, this::exchange);
        assertTrue(String.valueOf(refused.getMessage()).contains("nothing was swapped"), refused.getMessage());
        session.rollback();
        assertFalse(Swap.keepsOld(session));
    }

    @Test
    void rightsToTheTablesAreRightsToTheNewOnes() throws Exception {
        StoreDatabase.run(live, "DROP ROLE IF EXISTS shadow_reader; CREATE ROLE shadow_reader");
        StoreDatabase.run(live, "GRANT SELECT ON job TO shadow_reader");
        live.commit();
        make(Purpose.SWAP);
        swap();
        assertEquals(
                1,
                number(
                        live,
                        "SELECT CASE WHEN has_table_privilege('shadow_reader', 'public.job', 'SELECT')"
                                + " THEN 1 ELSE 0 END"));
        StoreDatabase.run(live, "DROP OWNED BY shadow_reader; DROP ROLE shadow_reader");
        live.commit();
    }

    @Test
    void rowsAreCarriedOverAsTheyAre() throws Exception {
        foldLive(Jobs.scheduled(Jobs.id(1), LATER), Jobs.started(Jobs.queued(Jobs.id(2)), 1));
        make(Purpose.SWAP);
        List<Carried.Traces> traces = Carried.traces(session, LOWEST, Comparison.LAST, 10);
        assertEquals(
                List.of(Jobs.id(1), Jobs.id(2)),
                traces.stream().map(Carried.Traces::job).toList());
        assertEquals(Jobs.at(0), traces.get(0).command());
        assertEquals(-1, traces.get(0).event());
        assertEquals(0, traces.get(1).event());
        Carried.copy(session, List.of(Jobs.id(1).uuid(), Jobs.id(2).uuid()));
        session.commit();
        assertEquals(List.of(), differences());
    }

    @Test
    void oneSessionHasTheShadow() throws Exception {
        assertTrue(ShadowSchema.lock(session));
        assertFalse(ShadowSchema.lock(live));
        ShadowSchema.unlock(session);
        assertTrue(ShadowSchema.lock(live));
        ShadowSchema.unlock(live);
    }
}
