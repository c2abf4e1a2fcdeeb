package dev.accepted.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.Limit;
import dev.accepted.contract.job.Limit.Kind;
import dev.accepted.engine.lease.KnownLimits;
import dev.accepted.store.concurrency.LimitTable;
import dev.accepted.store.lease.LeaseTable;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.testkit.WorkerStack;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker under limits, against a real broker and a real database; there is no gateway that would fold or release. */
@QuarkusTest
@WithTestResource(WorkerStack.class)
class HeldBackTest {

    private static final Duration MOMENT = Duration.ofMillis(50);

    private final DataSource database;
    private final KnownLimits known;
    private final String executions;
    private Traffic traffic;

    HeldBackTest(
            DataSource database, KnownLimits known, @ConfigProperty(name = "probe.execution.log") String executions) {
        this.database = database;
        this.known = known;
        this.executions = executions;
    }

    @BeforeEach
    void connect() {
        traffic = new Traffic();
    }

    @AfterEach
    void disconnect() throws Exception {
        run("DELETE FROM concurrency_limit; UPDATE lease SET ended_at = now() WHERE ended_at IS NULL");
        until(() -> !known.concern(Traffic.command("probe.noop", 1)));
        traffic.close();
    }

    private void limit(Limit limit, int most) throws Exception {
        try (Connection connection = database.getConnection()) {
            LimitTable.put(connection, limit, most, null);
        }
    }

    private void heard() throws Exception {
        until(() -> known.concern(Traffic.command("probe.noop", 1)));
    }

    private void until(Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + Traffic.PATIENCE.toNanos();
        while (!holds.call()) {
            assertTrue(System.nanoTime() < end, "it has not come in time");
            traffic.listen(MOMENT);
        }
    }

    private JobEvent end(JobCommand job) throws Exception {
        return traffic.awaitEnd(job);
    }

    @Test
    void whatFindsNoRoomIsTakenAndNotRunAndTheLogIsTold() throws Exception {
        Limit tenant = new Limit(Kind.TENANT, "local");
        limit(tenant, 1);
        heard();
        JobCommand runs = traffic.send(Traffic.command("probe.hold", 1), "{}");
        traffic.await(runs, e -> e.event() instanceof Happening.Started);
        List<JobCommand> others = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            others.add(traffic.send(Traffic.command("probe.noop", 1), "{}"));
        }
        for (JobCommand other : others) {
            JobEvent event = end(other);
            assertEquals(
                    tenant,
                    assertInstanceOf(Happening.HeldBack.class, event.event()).limit());
            assertEquals(1, event.attempt());
            assertEquals(0, executions(other));
            assertEquals(
                    "tenant/local",
                    text("SELECT held_by FROM lease WHERE job = '" + other.id().uuid() + "'"));
        }
        assertEquals(1, executions(runs));
    }

    @Test
    void whatIsOfAnotherTypeGoesPastIt() throws Exception {
        limit(new Limit(Kind.TYPE, "probe.sleep"), 0);
        until(() -> known.concern(Traffic.command("probe.sleep", 1)));
        JobCommand limited = traffic.send(Traffic.command("probe.sleep", 1), "{\"millis\":1}");
        JobCommand free = traffic.send(Traffic.command("probe.noop", 1), "{}");
        assertInstanceOf(Happening.HeldBack.class, end(limited).event());
        assertInstanceOf(Happening.Succeeded.class, end(free).event());
    }

    @Test
    void onceItIsOverTheNextAttemptRuns() throws Exception {
        limit(new Limit(Kind.QUEUE, "probe"), 0);
        heard();
        JobCommand job = traffic.send(Traffic.command("probe.noop", 1), "{}");
        assertInstanceOf(Happening.HeldBack.class, end(job).event());
        run("DELETE FROM concurrency_limit");
        // What the fold makes of the event.
        try (Connection connection = database.getConnection()) {
            LeaseTable.end(connection, List.of(new Held(job.id().uuid(), 1)));
        }
        traffic.send(job.withAttempt(2), "{}");
        traffic.await(job, e -> e.attempt() == 2 && e.event() instanceof Happening.Succeeded);
        assertEquals(1, executions(job));
    }

    @Test
    void withoutALimitNoTableOfThemIsAskedForAClaim() throws Exception {
        long before = looks("released");
        long claimed = looks("lease");
        for (int n = 0; n < 20; n++) {
            end(traffic.send(Traffic.command("probe.noop", 1), "{}"));
        }
        until(() -> looks("lease") > claimed);
        assertEquals(before, looks("released"));
        limit(new Limit(Kind.TENANT, "local"), 1_000);
        heard();
        end(traffic.send(Traffic.command("probe.noop", 1), "{}"));
        until(() -> looks("released") > before);
    }

    /** How often a table was read, by whomever, as PostgreSQL counts it. */
    private long looks(String table) throws Exception {
        return Long.parseLong(text(
                "SELECT seq_scan + coalesce(idx_scan, 0) FROM pg_stat_user_tables WHERE relname = '" + table + "'"));
    }

    private String text(String sql) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private void run(String sql) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long executions(JobCommand job) throws Exception {
        try (var lines = Files.lines(Path.of(executions))) {
            return lines.filter(line -> line.startsWith(job.id().text() + " ")).count();
        }
    }
}
