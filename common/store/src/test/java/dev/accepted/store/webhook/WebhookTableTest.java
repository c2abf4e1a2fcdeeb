package dev.accepted.store.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.accepted.contract.callback.Callback;
import dev.accepted.contract.callback.CallbackEvent;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Occurrence;
import dev.accepted.store.fixture.Jobs;
import dev.accepted.store.fixture.Sessions;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.job.ReferencingJobs;
import dev.accepted.store.webhook.WebhookTable.Told;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookTableTest {

    private static StoreDatabase database;

    private Sessions sessions;
    private Connection connection;

    @BeforeAll
    static void migrate() {
        database = StoreDatabase.fresh();
    }

    @BeforeEach
    void open() throws Exception {
        database.empty();
        sessions = new Sessions(database);
        connection = sessions.open();
    }

    @AfterEach
    void close() throws Exception {
        sessions.close();
    }

    private static JobState job(int n) {
        return JobState.fold(null, command(Jobs.id(n)), Jobs.at(1));
    }

    private static JobCommand command(JobId id) {
        Callback all = new Callback("https://hooks.example/", EnumSet.allOf(CallbackEvent.class));
        return new JobCommand(id, Jobs.TENANT, Jobs.TYPE, Jobs.QUEUE, 1, JobFacts.NONE.withCallback(all), null, null);
    }

    private static JobState ended(int n) {
        return Jobs.succeeded(Jobs.started(job(n), 1), 1);
    }

    private List<Told> unsent(Connection by) throws SQLException {
        return WebhookTable.lockUnsent(by, 100);
    }

    @Test
    void whatHasHappenedIsNotedOnce() throws Exception {
        WebhookTable.note(connection, List.of(job(1), Jobs.queued(Jobs.id(2))));
        assertEquals(List.of(), unsent(connection));
        WebhookTable.note(connection, List.of(Jobs.started(job(1), 1), ended(3)));
        WebhookTable.note(connection, List.of(ended(1), ended(3)));
        WebhookTable.note(connection, List.of(ended(1)));
        List<Told> told = unsent(connection);
        assertEquals(4, told.size());
        assertEquals(Jobs.id(1), told.get(0).job());
        assertEquals(Jobs.TENANT, told.get(0).tenant());
        assertEquals(
                Occurrence.of(ended(1)),
                WebhookTable.unsentOf(connection, Jobs.id(1).uuid()).stream()
                        .map(Told::what)
                        .toList());
    }

    @Test
    void whatWasSentIsNotSentAgain() throws Exception {
        WebhookTable.note(connection, List.of(ended(1)));
        List<Told> told = unsent(connection);
        WebhookTable.sent(connection, told.subList(0, 1));
        assertEquals(told.subList(1, 2), unsent(connection));
        WebhookTable.note(connection, List.of(ended(1)));
        assertEquals(told.subList(1, 2), unsent(connection), "the log was read again");
    }

    @Test
    void whatIsPutOffIsLeftAloneForAWhile() throws Exception {
        WebhookTable.note(connection, List.of(ended(1)));
        WebhookTable.putOff(connection, unsent(connection), Duration.ofMinutes(1));
        assertEquals(List.of(), unsent(connection));
        WebhookTable.putOff(
                connection, WebhookTable.unsentOf(connection, Jobs.id(1).uuid()), Duration.ofMillis(-1));
        assertEquals(2, unsent(connection).size());
    }

    @Test
    void whatOneHasLockedAnotherLeavesOut() throws Exception {
        WebhookTable.note(connection, List.of(ended(1), ended(2)));
        connection.commit();
        assertEquals(3, WebhookTable.lockUnsent(connection, 3).size());
        Connection other = sessions.open();
        assertEquals(1, unsent(other).size());
    }

    @Test
    void whatWasToldOfOldJobsIsForgotten() throws Exception {
        WebhookTable.note(connection, List.of(ended(1)));
        assertEquals(0, WebhookTable.forget(connection, UuidV7.lowest(Jobs.START), 100));
        assertEquals(1, WebhookTable.forget(connection, UuidV7.lowest(Jobs.START.plusSeconds(1)), 1));
        assertEquals(1, WebhookTable.forget(connection, UuidV7.lowest(Jobs.START.plusSeconds(1)), 100));
    }

    @Test
    void nothingIsSentAndYetToBeTriedAgain() throws Exception {
        WebhookTable.note(connection, List.of(ended(1)));
        assertThrows(
                SQLException.class,
                () -> StoreDatabase.run(connection, "UPDATE webhook SET sent_at = now(), retry_at = now()"));
    }

    @Test
    void jobsAreFoundByTheReferenceThatTheyCarry() throws Exception {
        JobFacts facts = new JobFacts(null, null, "job-1", Map.of(), Map.of(), Map.of(), null);
        for (int n = 1; n <= 3; n++) {
            JobCommand command = new JobCommand(
                    Jobs.id(n), n == 3 ? "other" : Jobs.TENANT, Jobs.TYPE, Jobs.QUEUE, 1, facts, null, null);
            JobTable.insert(connection, List.of(JobState.fold(null, command, Jobs.at(1))));
        }
        JobTable.insert(connection, List.of(Jobs.queued(Jobs.id(4))));
        List<JobState> found = ReferencingJobs.find(connection, Jobs.TENANT, "job-1", Jobs.TYPE, 10);
        assertEquals(
                List.of(Jobs.id(1), Jobs.id(2)),
                found.stream().map(JobState::id).toList());
        assertEquals(List.of(), ReferencingJobs.find(connection, Jobs.TENANT, "job-1", "other.type", 10));
        assertEquals(
                1,
                ReferencingJobs.find(connection, Jobs.TENANT, "job-1", Jobs.TYPE, 1)
                        .size());
    }
}
