package dev.accepted.e2e.fairness;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.e2e.Client;
import dev.accepted.e2e.Database;
import dev.accepted.e2e.LocalSystem;
import dev.accepted.e2e.history.History;
import dev.accepted.e2e.scenario.Fleet;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The queue of the probes, before it two gateways: one places commands by tenant, the other leaves that to their keys. */
final class SharedQueue implements AutoCloseable {

    /** Who the two gateways are. */
    enum Way {
        PLACED("gateway-1"),
        BY_KEY("gateway-2");

        private final String gateway;

        Way(String gateway) {
            this.gateway = gateway;
        }
    }

    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    /** Workers hear of a pause within a second, and leave their share group. */
    private static final Duration HEARD = Duration.ofSeconds(3);

    private final LocalSystem system;
    private final Fleet placed;
    private final Fleet byKey;
    private final Connection database;
    private final Map<String, String> tokens = new HashMap<>();

    private SharedQueue(LocalSystem system, Fleet placed, Fleet byKey) throws SQLException {
        this.system = system;
        this.placed = placed;
        this.byKey = byKey;
        this.database = new Database(placed.database()).connect();
    }

    /**
     * Boots it.
     *
     * @param workers their number
     * @param settings theirs
     */
    static SharedQueue up(Path directory, int workers, Map<String, String> settings) throws Exception {
        LocalSystem system =
                LocalSystem.up(directory.resolve("data"), settings, "--gateways", "2", "--workers", "probe=" + workers);
        Map<String, String> unplaced = new HashMap<>(settings);
        unplaced.put("ACCEPTED_FAIRNESS_ENABLED", "false");
        History unread = new History();
        Fleet byKey = new Fleet(system, unplaced, unread, directory.resolve("logs"));
        byKey.stop(Way.BY_KEY.gateway);
        byKey.start(Way.BY_KEY.gateway);
        return new SharedQueue(system, new Fleet(system, settings, unread, directory.resolve("logs")), byKey);
    }

    /** No worker takes anything any more when this returns. */
    void pause() throws SQLException, InterruptedException {
        update("INSERT INTO paused_queue (queue, paused_by) VALUES ('probe', 'a test') ON CONFLICT DO NOTHING");
        Client.pause(HEARD);
    }

    void resume() throws SQLException {
        update("DELETE FROM paused_queue");
    }

    private void update(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** A client of a tenant. */
    Client client(Way way, String tenant) throws IOException, InterruptedException {
        String token = tokens.get(tenant);
        if (token == null) {
            token = system.token("--tenant", tenant);
            tokens.put(tenant, token);
        }
        return new Client(system.url(way.gateway), token);
    }

    /** Hands in so many jobs alike, in one request; gives the batch. */
    String submit(Way way, String tenant, int jobs, String job) throws IOException, InterruptedException {
        Client client = client(way, tenant);
        byte[] lines = (job + "\n").repeat(jobs).getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> answer = client.send("POST", "/jobs/batch", "application/x-ndjson", lines);
        JsonNode told = client.json(answer);
        if (answer.statusCode() != 202 || told.path("accepted_count").asInt() != jobs) {
            throw new AssertionError(answer.statusCode() + " of " + jobs + " jobs: " + told.path("accepted_count"));
        }
        return told.get("batch_id").asText();
    }

    /** Waits until all jobs of a batch have ended. */
    void awaitEnd(String batch, int jobs) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (number("SELECT count(finished_at) FROM job WHERE batch = ?", batch) < jobs) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not all " + jobs + " jobs of " + batch + " ended within " + PATIENCE);
            }
            Client.pause(GLANCE);
        }
    }

    /** From when a worker began with the first job of two batches until the last of one of them ended. */
    Duration untilTheLastOf(String batch, String other) throws SQLException {
        return Duration.ofMillis(number("""
                SELECT extract(epoch FROM max(finished_at) FILTER (WHERE batch = ?) - min(started_at)) * 1000
                FROM job WHERE batch IN (?, ?)""", batch, batch, other));
    }

    /** How many jobs of another batch had ended when the last of a batch did. */
    long endedBeforeTheLastOf(String batch, String other) throws SQLException {
        return number(
                "SELECT count(*) FROM job WHERE batch = ? AND finished_at <="
                        + " (SELECT max(finished_at) FROM job WHERE batch = ?)",
                other,
                batch);
    }

    private long number(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (byKey;
                placed) {
            database.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
