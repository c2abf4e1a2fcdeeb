package dev.accepted.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.store.job.JobTable;
import dev.accepted.testkit.WorkerStack;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A claim is written, and what comes after it fails, so that the worker does not hear of it. */
@QuarkusTest
@WithTestResource(WorkerStack.class)
class UnansweredClaimTest {

    private final DataSource database;

    UnansweredClaimTest(DataSource database) {
        this.database = database;
    }

    @Test
    void theWorkerFindsItsLeaseWhenItAsksAgainAndRunsTheAttempt() throws Exception {
        JobCommand second = Traffic.command("probe.noop", 2);
        UUID id = second.id().uuid();
        try (Traffic traffic = new Traffic();
                Connection connection = database.getConnection()) {
            Position first = new Position(Topics.commands("probe"), 0, 0);
            JobTable.insert(connection, List.of(JobState.fold(null, second.withAttempt(1), first)));
            // With the claim of a further attempt the worker reads how many of the earlier ones failed.
            run(connection, "UPDATE job SET work = '{\"failures\": \"unreadable\"}' WHERE id = ?", id);
            traffic.send(second, "{}");
            traffic.await("lease", () -> attempt(connection, id) == 2);
            run(connection, "UPDATE job SET work = '{}' WHERE id = ?", id);
            JobEvent end = traffic.awaitEnd(second);
            assertInstanceOf(Happening.Succeeded.class, end.event());
            assertEquals(2, end.attempt());
        }
    }

    private static void run(Connection connection, String sql, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, id);
            statement.executeUpdate();
        }
    }

    private static int attempt(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT attempt FROM lease WHERE job = ?")) {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }
}
