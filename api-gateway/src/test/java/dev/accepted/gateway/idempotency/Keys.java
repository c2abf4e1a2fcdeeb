package dev.accepted.gateway.idempotency;

import static io.restassured.RestAssured.given;

import dev.accepted.contract.Wire;
import dev.accepted.gateway.http.LogView;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** Sends requests with keys, and looks at the keys' rows as another gateway would leave them. */
final class Keys {

    static final String REPORT = "{\"report_type\":\"a\",\"year\":2023,\"format\":\"pdf\"}";

    private final DataSource database;

    Keys(DataSource database) {
        this.database = database;
    }

    /** A key that no other test has. */
    static String fresh() {
        return UUID.randomUUID().toString();
    }

    static ValidatableResponse post(String path, String key, String body) {
        return given().contentType("application/json")
                .header("Idempotency-Key", "\"" + key + "\"")
                .body(body)
                .post(path)
                .then();
    }

    static ValidatableResponse report(String key) {
        return post("/reports/generate", key, REPORT);
    }

    /** The commands that the log has of a key. */
    static List<LogView.Entry> commands(String key) {
        return LogView.commands().stream()
                .filter(entry -> key.equals(entry.headers().get("ce_idempotencykey")))
                .toList();
    }

    /** Makes a key's row what it was before its command was acknowledged. */
    void reservedAgain(String key, String takenAt) throws Exception {
        LogView.Entry command = commands(key).get(0);
        run(
                "UPDATE idempotency_key SET state = 'reserved', acked_at = NULL, answer = NULL, command = ?, taken_at = "
                        + takenAt + " WHERE key = ?",
                Wire.JSON.writeValueAsString(command.headers()),
                key);
    }

    /** A row that a gateway has left which died before its command was in the log. */
    void left(String key, String route, String body, String jobId, Map<String, String> command) throws Exception {
        run(
                "INSERT INTO idempotency_key (tenant, route, key, fingerprint, job_id, state, command, taken_at)"
                        + " VALUES ('local', ?, ?, decode(?, 'hex'), ?, 'reserved', ?, now() - interval '11 s')",
                route,
                key,
                Fingerprint.of(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .hex(),
                jobId,
                Wire.JSON.writeValueAsString(command));
    }

    void run(String sql, String... arguments) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            statement.executeUpdate();
        }
    }

    /** How many rows a key has. */
    int rows(String key) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT count(*) FROM idempotency_key WHERE key = ?")) {
            statement.setString(1, key);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
