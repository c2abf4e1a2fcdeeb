package dev.accepted.store.replay;

import dev.accepted.store.replay.Replay.Plan;
import dev.accepted.store.replay.Replay.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes and reads replays, and what happened to them. */
public final class ReplayTable {

    private static final String COLUMNS = """
            id, mode, selection::text, canary, rate, stop_at, most_per_job, actor, reason, status, created_at, \
            updated_at, finished_at, matched, left_out, last_job, exhausted, canary_passed_at, stopped_because""";

    private static final String INSERT = """
            INSERT INTO replay (id, mode, selection, canary, rate, stop_at, most_per_job, actor, reason, created_at,
                matched, left_out)
            VALUES (?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING""";

    private static final String RECENT = "SELECT " + COLUMNS + " FROM replay ORDER BY created_at DESC LIMIT ?";

    private static final String ONE = "SELECT " + COLUMNS + " FROM replay WHERE id = ?";

    private static final String MINE = """
            UPDATE replay SET driver = ?, driven_until = now() + ? * interval '1 millisecond'
            WHERE id IN (SELECT id FROM replay WHERE finished_at IS NULL AND status = 'running'
                    AND (driver = ? OR driven_until IS NULL OR driven_until < now())
                ORDER BY id FOR UPDATE SKIP LOCKED)
            RETURNING\s""" + COLUMNS;

    private static final String KEEP = """
            UPDATE replay SET driven_until = now() + ? * interval '1 millisecond'
            WHERE driver = ? AND finished_at IS NULL AND status = 'running'""";

    private static final String MOVE = """
            UPDATE replay SET status = ?, updated_at = now(), stopped_because = ?,
                finished_at = CASE WHEN ? THEN now() END
            WHERE id = ? AND status = ANY (?)""";

    private static final String LOOKED_AT =
            "UPDATE replay SET last_job = ?, exhausted = ?, updated_at = now() WHERE id = ?";

    private static final String NOTES =
            "SELECT at, what, by_whom, detail FROM replay_note WHERE replay = ? ORDER BY at LIMIT 1000";

    /**
     * Something that happened to a replay.
     *
     * @param by the operator who did it; null if it came by itself
     */
    public record Note(
            Instant at,
            String what,
            @Nullable String by,
            @Nullable String detail) {}

    private ReplayTable() {}

    /** Writes down a replay that is to begin; false if there is one of that id. */
    public static boolean insert(
            Connection connection,
            UUID id,
            Mode mode,
            Selection selection,
            Plan plan,
            String actor,
            String reason,
            Instant at,
            long matched,
            long leftOut)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, id);
            statement.setString(2, mode.word());
            statement.setString(3, selection.toJson());
            statement.setObject(4, plan.canary());
            statement.setObject(5, plan.rate());
            statement.setObject(6, plan.stopAt());
            statement.setInt(7, plan.mostPerJob());
            statement.setString(8, actor);
            statement.setString(9, reason);
            statement.setObject(10, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
            statement.setLong(11, matched);
            statement.setLong(12, leftOut);
            return statement.executeUpdate() > 0;
        }
    }

    /** The newest. */
    public static List<Replay> recent(Connection connection, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RECENT)) {
            statement.setInt(1, most);
            return read(statement);
        }
    }

    /** That of an id. */
    public static Optional<Replay> find(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ONE)) {
            statement.setObject(1, id);
            return read(statement).stream().findFirst();
        }
    }

    /** Those that run and that nobody else drives; they are this driver's for that long. */
    public static List<Replay> take(Connection connection, UUID driver, Duration time) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MINE)) {
            statement.setObject(1, driver);
            statement.setLong(2, time.toMillis());
            statement.setObject(3, driver);
            return read(statement);
        }
    }

    /** Keeps those that it drives, for that long from now. */
    public static void keep(Connection connection, UUID driver, Duration time) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            statement.setLong(1, time.toMillis());
            statement.setObject(2, driver);
            statement.executeUpdate();
        }
    }

    /**
     * Moves a replay to another state, if it is in one of those.
     *
     * @param because why it stopped; null for any other state
     * @return whether it was
     */
    public static boolean move(Connection connection, UUID id, List<State> from, State to, @Nullable String because)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
            statement.setString(1, to.word());
            statement.setString(2, because);
            statement.setBoolean(3, to.ended());
            statement.setObject(4, id);
            statement.setArray(
                    5,
                    connection.createArrayOf(
                            "text", from.stream().map(State::word).toArray()));
            return statement.executeUpdate() > 0;
        }
    }

    /** Writes down up to where the jobs were looked at. */
    public static void lookedAt(Connection connection, UUID id, UUID last, boolean exhausted) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOOKED_AT)) {
            statement.setObject(1, last);
            statement.setBoolean(2, exhausted);
            statement.setObject(3, id);
            statement.executeUpdate();
        }
    }

    /** Writes down that the canary did well. */
    public static void passedCanary(Connection connection, UUID id) throws SQLException {
        execute(connection, "UPDATE replay SET canary_passed_at = now(), updated_at = now() WHERE id = ?", id);
    }

    /** Writes down how many jobs it chose, and how many of them it left as they are, where that is known only afterwards. */
    public static void counted(Connection connection, UUID id, long matched, long leftOut) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE replay SET matched = ?, left_out = ?, updated_at = now() WHERE id = ?")) {
            statement.setLong(1, matched);
            statement.setLong(2, leftOut);
            statement.setObject(3, id);
            statement.executeUpdate();
        }
    }

    /**
     * Ends one that runs, and writes that down; one that an operator has moved meanwhile stays as it is.
     *
     * @param because why it stopped; null if it came to its end
     * @param detail for its timeline
     */
    public static void end(Connection connection, UUID id, State as, @Nullable String because, @Nullable String detail)
            throws SQLException {
        if (move(connection, id, List.of(State.RUNNING), as, because)) {
            note(connection, id, as.word(), null, detail);
        }
    }

    /** Writes down what happened. */
    public static void note(Connection connection, UUID id, String what, @Nullable String by, @Nullable String detail)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO replay_note (replay, what, by_whom, detail) VALUES (?, ?, ?, ?)")) {
            statement.setObject(1, id);
            statement.setString(2, what);
            statement.setString(3, by);
            statement.setString(4, detail);
            statement.executeUpdate();
        }
    }

    /** What happened to a replay, the first first. */
    public static List<Note> notes(Connection connection, UUID id) throws SQLException {
        List<Note> notes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(NOTES)) {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    notes.add(new Note(
                            row.getObject(1, OffsetDateTime.class).toInstant(),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4)));
                }
            }
        }
        return notes;
    }

    /** Forgets replays that ended before a time. */
    public static int forget(Connection connection, Instant before) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM replay WHERE finished_at < ?")) {
            statement.setObject(1, OffsetDateTime.ofInstant(before, ZoneOffset.UTC));
            return statement.executeUpdate();
        }
    }

    private static void execute(Connection connection, String sql, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, id);
            statement.executeUpdate();
        }
    }

    private static List<Replay> read(PreparedStatement statement) throws SQLException {
        List<Replay> replays = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                replays.add(new Replay(
                        row.getObject("id", UUID.class),
                        Mode.ofWord(row.getString("mode")).orElseThrow(),
                        Selection.read(row.getString("selection")),
                        new Plan(
                                row.getObject("canary", Integer.class),
                                row.getObject("rate", Double.class),
                                row.getObject("stop_at", Double.class),
                                row.getInt("most_per_job")),
                        row.getString("actor"),
                        row.getString("reason"),
                        State.ofWord(row.getString("status")),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                        time(row, "finished_at"),
                        row.getLong("matched"),
                        row.getLong("left_out"),
                        row.getObject("last_job", UUID.class),
                        row.getBoolean("exhausted"),
                        time(row, "canary_passed_at"),
                        row.getString("stopped_because")));
            }
        }
        return replays;
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
