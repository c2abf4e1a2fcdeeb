package dev.accepted.e2e.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.e2e.Client;
import dev.accepted.e2e.Database;
import dev.accepted.e2e.LocalSystem;
import dev.accepted.e2e.history.History;
import dev.accepted.e2e.scenario.Fleet;
import dev.accepted.e2e.scenario.ResetOffsets;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How fast the table is made anew while clients submit and read, and what those who read notice of it; prints figures. */
@Tag("measure")
@Timeout(value = 1, unit = TimeUnit.HOURS)
class RebuildFiguresIT {

    private static final int JOBS = Integer.getInteger("rebuild.jobs", 100_000);
    private static final int READS_PER_SECOND = Integer.getInteger("rebuild.reads", 100);
    private static final int POSTS_PER_SECOND = Integer.getInteger("rebuild.posts", 50);
    private static final int A_BATCH = 25_000;
    private static final int READ = 1_000;
    private static final String NOOP = "{\"type\":\"probe.noop\",\"input\":{}}\n";
    private static final Duration SLICE = Duration.ofSeconds(5);
    private static final Duration BEFORE = Duration.ofSeconds(15);
    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @TempDir
    Path directory;

    @Test
    void aTableOfManyFinishedJobsIsMadeAnewUnderTraffic() throws Exception {
        Path executions = directory.resolve("executions");
        Map<String, String> environment = Map.of("PROBE_EXECUTION_LOG", executions.toString());
        try (LocalSystem up = LocalSystem.up(directory.resolve("data"), environment, "--workers", "probe=1");
                Fleet fleet = new Fleet(up, environment, new History(), directory.resolve("logs"))) {
            String token = up.token();
            Client client = new Client(up.url(), token);
            Database database = new Database(up.url("postgres"));
            fill(client, database);
            SteadyLoad reads = SteadyLoad.reading(up.url(), finished(database), token);
            SteadyLoad posts = new SteadyLoad(up.url());
            reads.run(READS_PER_SECOND, BEFORE);

            print("| what | GETs | p50 ms | p99 ms | longest ms |");
            print("|---|---|---|---|---|");
            try (Traffic idle = new Traffic(reads, posts)) {
                Client.pause(BEFORE);
                idle.print("before");
            }
            JsonNode rebuild;
            try (Traffic during = new Traffic(reads, posts)) {
                rebuild = ended(client, "/operations/rebuilds");
                during.print("while it is rebuilt");
            }
            assertEquals("succeeded", rebuild.path("status").asText(), rebuild.toString());
            told("rebuild", rebuild);
            JsonNode verification;
            try (Traffic during = new Traffic(reads, posts)) {
                verification = ended(client, "/operations/verifications");
                during.print("while it is verified");
            }
            assertEquals("succeeded", verification.path("status").asText(), verification.toString());
            told("verify", verification);
            nothingRunsAgain(fleet, client, executions);
            aRowThatIsChangedByHandIsFound(client, database);
        }
    }

    /** Those who read and those who submit, meanwhile. */
    private static final class Traffic implements AutoCloseable {

        private final ExecutorService threads = Executors.newFixedThreadPool(2);
        private final AtomicBoolean over = new AtomicBoolean();
        private final List<Duration> times = Collections.synchronizedList(new ArrayList<>());
        private final List<CompletableFuture<Void>> running = new ArrayList<>();

        Traffic(SteadyLoad reads, SteadyLoad posts) {
            running.add(CompletableFuture.runAsync(() -> slices(reads, READS_PER_SECOND, times), threads));
            running.add(CompletableFuture.runAsync(() -> slices(posts, POSTS_PER_SECOND, new ArrayList<>()), threads));
        }

        private void slices(SteadyLoad load, int perSecond, List<Duration> into) {
            while (!over.get()) {
                try {
                    into.addAll(load.run(perSecond, SLICE));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }

        void print(String what) {
            over.set(true);
            running.forEach(CompletableFuture::join);
            List<Duration> sorted = new ArrayList<>(times);
            Collections.sort(sorted);
            RebuildFiguresIT.print("| %s | %d | %.1f | %.1f | %.1f |"
                    .formatted(
                            what,
                            sorted.size(),
                            SteadyLoad.percentile(sorted, 50),
                            SteadyLoad.percentile(sorted, 99),
                            SteadyLoad.percentile(sorted, 100)));
        }

        @Override
        public void close() {
            over.set(true);
            threads.shutdown();
        }
    }

    private static void fill(Client client, Database database) throws Exception {
        for (int left = JOBS; left > 0; left -= A_BATCH) {
            byte[] lines = NOOP.repeat(Math.min(left, A_BATCH)).getBytes(StandardCharsets.UTF_8);
            HttpResponse<byte[]> answer = client.send("POST", "/jobs/batch", "application/x-ndjson", lines);
            assertEquals(202, answer.statusCode());
        }
        Instant end = Instant.now().plus(PATIENCE);
        while (number(database, "SELECT count(finished_at) FROM job") < JOBS) {
            assertTrue(Instant.now().isBefore(end), "Not all " + JOBS + " ended within " + PATIENCE);
            Client.pause(GLANCE);
        }
    }

    private static List<String> finished(Database database) throws SQLException {
        List<String> paths = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT job_id FROM job WHERE finished_at IS NOT NULL ORDER BY random() LIMIT " + READ)) {
            while (row.next()) {
                paths.add("/jobs/" + row.getString(1));
            }
        }
        return paths;
    }

    private static long number(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static JsonNode ended(Client client, String path) throws InterruptedException {
        HttpResponse<byte[]> begun = client.send("POST", path, null, new byte[0]);
        assertEquals(202, begun.statusCode());
        return client.awaitEnd(client.json(begun).path("status_url").asText(), PATIENCE);
    }

    private static void told(String what, JsonNode ended) {
        double seconds = Duration.between(
                                Instant.parse(ended.path("created_at").asText()),
                                Instant.parse(ended.path("finished_at").asText()))
                        .toMillis()
                / 1e3;
        print("%s: %d jobs, %d records in %.1f s, %.0f jobs/s, nothing folded for %d ms"
                .formatted(
                        what,
                        ended.path("jobs").asLong(),
                        ended.path("progress").path("records_read").asLong(),
                        seconds,
                        ended.path("jobs").asLong() / seconds,
                        ended.path("blocked_millis").asLong()));
    }

    /** The queue is set back to its start, as an operator might by mistake: every command is delivered again. */
    private static void nothingRunsAgain(Fleet fleet, Client client, Path executions) throws Exception {
        awaitDepth(client, 0);
        List<String> before = Files.readAllLines(executions);
        assertEquals(before.size(), new HashSet<>(before).size(), "a job ran twice before anything was set back");
        Instant begin = Instant.now();
        new ResetOffsets().play(fleet, new Random(1));
        awaitDepth(client, 1);
        awaitDepth(client, 0);
        List<String> after = Files.readAllLines(executions);
        print("set back to its start: %d commands delivered again and passed by in %.1f s, %d executed"
                .formatted(
                        before.size(),
                        Duration.between(begin, Instant.now()).toMillis() / 1e3,
                        after.size() - before.size()));
        assertEquals(before, after);
    }

    /** Waits until that many commands wait in the queue: none, or one at least. */
    private static void awaitDepth(Client client, int depth) throws InterruptedException {
        client.await("/operations/queues", PATIENCE, queues -> {
            for (JsonNode queue : queues.path("items")) {
                if (queue.path("queue").asText().equals("probe")) {
                    return Math.min(1, queue.path("depth").asLong(-1)) == depth;
                }
            }
            return false;
        });
    }

    private static void aRowThatIsChangedByHandIsFound(Client client, Database database) throws Exception {
        String victim = finished(database).get(0).substring("/jobs/".length());
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            assertEquals(
                    1,
                    statement.executeUpdate(
                            "UPDATE job SET client_reference = 'by hand' WHERE job_id = '" + victim + "'"));
        }
        JsonNode found = ended(client, "/operations/verifications");
        assertEquals("differs", found.path("status").asText(), found.toString());
        assertEquals(1, found.path("differences").asInt(), found.toString());
        JsonNode item = found.path("items").path(0);
        assertEquals(victim, item.path("job_id").asText());
        told("verify", found);
        print("found: " + item);
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
