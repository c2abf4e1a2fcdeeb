package dev.accepted.localstack.postgres;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.localstack.process.LeashedProcess;
import dev.accepted.localstack.process.Ports;
import dev.accepted.localstack.process.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresNodeTest {

    @TempDir
    Path directory;

    private final List<LeashedProcess> running = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (LeashedProcess process : running) {
            process.close();
            assertTrue(process.awaitExit(Duration.ofSeconds(20)));
        }
    }

    @Test
    void rowsOutliveAStopAndAKill() throws Exception {
        PostgresNode first = start();
        execute(first, "CREATE TABLE t (x int)");
        execute(first, "INSERT INTO t VALUES (1)");
        running.get(0).askToStop();
        assertEquals(0, running.get(0).exit().get(20, TimeUnit.SECONDS));

        PostgresNode second = start();
        assertEquals(first.port(), second.port());
        execute(second, "INSERT INTO t VALUES (2)");
        ProcessHandle.of(running.get(1).pid()).orElseThrow().destroyForcibly();
        assertEquals(137, running.get(1).exit().get(20, TimeUnit.SECONDS));

        PostgresNode third = start();
        try (Connection connection = connect(third, third.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sum(x) FROM t")) {
            assertTrue(row.next());
            assertEquals(3, row.getInt(1));
        }
    }

    @Test
    void aStopDoesNotWaitForOpenTransactions() throws Exception {
        PostgresNode node = start();
        try (Connection connection = connect(node, node.password());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE TABLE never_committed (x int)");
            running.get(0).askToStop();
            assertEquals(0, running.get(0).exit().get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void aNoteWhoseProcessIdIsSomebodyElsesNowHindersNobody() throws Exception {
        PostgresNode node = start();
        running.get(0).askToStop();
        assertTrue(running.get(0).awaitExit(Duration.ofSeconds(20)));
        Path note = directory.resolve("data/postmaster.pid");
        Files.writeString(note, ProcessHandle.current().pid() + "\n" + directory + "/data\n");

        assertEquals(node.port(), start().port());
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        PostgresNode node = start();
        assertThrows(SQLException.class, () -> connect(node, "wrong").close());
    }

    private PostgresNode start() throws Exception {
        PostgresNode node = PostgresNode.prepare(directory, new Ports(new SecureRandom()));
        running.add(LeashedProcess.start(node.command(directory.resolve("log"), StopSignal.INT)));
        await().atMost(Duration.ofSeconds(30)).until(node::isReady);
        return node;
    }

    private static void execute(PostgresNode node, String sql) throws SQLException {
        try (Connection connection = connect(node, node.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(PostgresNode node, String password) throws SQLException {
        return DriverManager.getConnection(node.jdbcUrl("accepted"), PostgresNode.USER, password);
    }
}
