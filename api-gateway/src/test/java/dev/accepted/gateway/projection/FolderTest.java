package dev.accepted.gateway.projection;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.accepted.contract.callback.Callback;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.fixture.FreshDatabase;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.http.Workers;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.job.ProjectionPositions;
import dev.accepted.store.job.ProjectionPositions.TopicPartition;
import dev.accepted.store.transaction.Transaction;
import dev.accepted.store.webhook.WebhookTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FolderTest {

    private static final Instant BEGAN = Instant.parse("2026-11-23T20:00:00Z");
    private static final TopicPartition EVENTS = new TopicPartition(Topics.EVENTS, 0);

    private static final FreshDatabase database = FreshDatabase.make();

    private final Folder folder = new Folder(database.dataSource());
    private final Jobs job = Jobs.of(Workers.REPORT, "local", BEGAN);
    private final LogEntry command =
            new LogEntry.Commanded(job.command(1, JobFacts.NONE), new Position(Topics.commands("reports"), 0, 7));

    private LogEntry event(long offset, Happening happening) {
        return new LogEntry.Happened(job.event(1, happening), job.id(), new Position(Topics.EVENTS, 0, offset), BEGAN);
    }

    private LogEntry succeeded(long offset) {
        return event(offset, new Happening.Succeeded("w", BEGAN, null, Map.of()));
    }

    private JobState row() throws SQLException {
        UUID id = job.id().uuid();
        Map<UUID, JobState> rows = Transaction.run(database.dataSource(), c -> JobTable.read(c, List.of(id)));
        return Objects.requireNonNull(rows.get(id));
    }

    private static long position(TopicPartition of) throws SQLException {
        return Transaction.run(
                database.dataSource(), c -> ProjectionPositions.read(c, of).orElse(0));
    }

    @Test
    void aBatchIsFoldedAndItsPositionsMove() throws Exception {
        TopicPartition part = new TopicPartition(Topics.EVENTS, 1);
        List<LogEntry> batch = List.of(command, event(0, new Happening.Started("w", BEGAN)), succeeded(1));
        Collection<Folder.Change> changes = folder.fold(batch, Map.of(part, 2L));
        assertEquals(1, changes.size());
        assertEquals(Status.SUCCEEDED, row().status());
        assertEquals(3, row().version());
        assertEquals(2, position(part));
    }

    @Test
    void aBatchThatComesAgainChangesNothing() throws Exception {
        List<LogEntry> batch = List.of(command, event(0, new Happening.Started("w", BEGAN)), succeeded(1));
        folder.fold(batch, Map.of());
        JobState once = row();
        assertEquals(List.of(), List.copyOf(folder.fold(batch, Map.of())));
        assertEquals(once, row());
    }

    private List<String> told() throws SQLException {
        return Transaction.run(
                        database.dataSource(),
                        c -> WebhookTable.unsentOf(c, job.id().uuid()))
                .stream()
                .map(told -> told.what().event().word() + "@" + told.what().place())
                .toList();
    }

    private LogEntry commandWith(Callback callback) {
        return new LogEntry.Commanded(
                job.command(1, JobFacts.NONE.withCallback(callback)), new Position(Topics.commands("reports"), 0, 7));
    }

    @Test
    void whatACallbackAsksForIsNotedOnceHoweverOftenTheLogIsRead() throws Exception {
        LogEntry asking = commandWith(new Callback("https://hooks.example/", Set.of()));
        List<LogEntry> batch = List.of(asking, event(3, new Happening.Started("w", BEGAN)), succeeded(4));
        folder.fold(batch, Map.of());
        assertEquals(List.of("succeeded@4"), told());
        folder.fold(batch, Map.of());
        assertEquals(List.of("succeeded@4"), told());
        // The row of the job is made again from the log; what was told stays told.
        Transaction.run(database.dataSource(), c -> {
            WebhookTable.sent(c, WebhookTable.unsentOf(c, job.id().uuid()));
            return 1;
        });
        database.run("DELETE FROM job WHERE id = '" + job.id().uuid() + "'");
        folder.fold(batch, Map.of());
        assertEquals(Status.SUCCEEDED, row().status());
        assertEquals(List.of(), told());
    }

    @Test
    void anEndThatIsFoldedBeforeItsCommandIsToldAllTheSame() throws Exception {
        folder.fold(List.of(succeeded(9)), Map.of());
        assertEquals(List.of(), told());
        folder.fold(List.of(commandWith(new Callback("https://hooks.example/", Set.of()))), Map.of());
        assertEquals(List.of("succeeded@9"), told());
    }

    @Test
    void nothingIsNotedOfAJobWithoutACallback() throws Exception {
        folder.fold(List.of(command, succeeded(11)), Map.of());
        assertEquals(List.of(), told());
    }

    @Test
    void rowsAndPositionsMoveTogetherOrNotAtAll() throws Exception {
        TopicPartition part = new TopicPartition(Topics.EVENTS, 2);
        database.run("ALTER TABLE projection_position ADD CONSTRAINT full_stop CHECK (next_offset <> 13)");
        try {
            assertThrows(SQLException.class, () -> folder.fold(List.of(command), Map.of(part, 13L)));
        } finally {
            database.run("ALTER TABLE projection_position DROP CONSTRAINT full_stop");
        }
        assertEquals(
                0,
                database.number(
                        "SELECT count(*) FROM job WHERE id = '" + job.id().uuid() + "'"));
        assertEquals(0, position(part));
    }

    @Test
    void twoGatewaysThatFoldOneJobAtOnceMissNothing() throws Exception {
        try (Connection other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            // The other gateway has folded the command and not committed yet.
            JobTable.insert(other, List.of(command.into(null)));
            CompletableFuture<Collection<Folder.Change>> folded = CompletableFuture.supplyAsync(() -> {
                try {
                    return folder.fold(List.of(succeeded(5)), Map.of(EVENTS, 6L));
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> database.number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
            other.commit();
            assertEquals(1, folded.get(20, TimeUnit.SECONDS).size());
        }
        assertEquals(Status.SUCCEEDED, row().status());
        assertEquals(1, row().dispatched(), "the command is not lost");
        assertEquals(2, row().version());
    }

    @Test
    void manyFoldersAtOnceFoldEachRecordOnce() throws Exception {
        List<LogEntry> log = new ArrayList<>(List.of(command));
        for (int n = 0; n < 20; n++) {
            log.add(event(n, new Happening.Progressed("w", BEGAN, null, Map.of("n", (long) n), null)));
        }
        List<CompletableFuture<Void>> gateways = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            gateways.add(CompletableFuture.runAsync(() -> {
                try {
                    for (LogEntry entry : log) {
                        folder.fold(List.of(entry), Map.of());
                    }
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        CompletableFuture.allOf(gateways.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        assertEquals(21, row().version());
        assertEquals(0, row().fenced());
        assertEquals(Map.of("n", 19L), row().work().counts());
    }
}
