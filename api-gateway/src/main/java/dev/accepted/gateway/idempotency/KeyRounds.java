package dev.accepted.gateway.idempotency;

import dev.accepted.store.idempotency.Acknowledged;
import dev.accepted.store.idempotency.Hold;
import dev.accepted.store.idempotency.IdempotencyTable;
import dev.accepted.store.idempotency.KeyRow;
import dev.accepted.store.idempotency.Reservation;
import dev.accepted.store.idempotency.ScopedKey;
import dev.accepted.store.transaction.Transaction;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/** The rounds in which keys are reserved, looked up, acknowledged and given up: a connection each, and a statement or two. */
@Singleton
class KeyRounds {

    /** A request appends within five seconds and a half; one that takes so long has died with its gateway. */
    static final Duration ABANDONED_AFTER = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** The answer is known already and waits for this alone. */
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(1);

    /** A connection that says nothing for so long is given up, and with it those who wait for it. */
    private static final int SILENCE_MILLIS = 5_000;

    /** What becomes of a hold whose command the log does not have for sure. */
    record GivenUp(Hold hold, Way way) {

        enum Way {
            RELEASE,
            LEAVE
        }
    }

    final Rounds<Reservation, KeyRow> reserving;
    final Rounds<ScopedKey, Optional<KeyRow>> finding;
    final Rounds<Acknowledged, String> acknowledging;
    final Rounds<GivenUp, GivenUp> givingUp;
    private final DataSource database;

    KeyRounds(DataSource database) {
        this.database = database;
        Executor threads = task -> Infrastructure.getDefaultWorkerPool().execute(task);
        this.reserving = new Rounds<>(this::reserve, threads, PATIENCE);
        this.finding = new Rounds<>(this::find, threads, PATIENCE);
        this.acknowledging = new Rounds<>(this::acknowledge, threads, PATIENCE_AT_THE_END);
        this.givingUp = new Rounds<>(this::giveUp, threads, PATIENCE_AT_THE_END);
    }

    private Map<Reservation, KeyRow> reserve(List<Reservation> asked) throws SQLException {
        // A statement can settle a key once: who asks for the same at the same time comes in the next round.
        Map<ScopedKey, Reservation> firsts = new LinkedHashMap<>();
        asked.forEach(reservation -> firsts.putIfAbsent(reservation.key(), reservation));
        Map<ScopedKey, KeyRow> rows =
                run(connection -> IdempotencyTable.reserve(connection, List.copyOf(firsts.values()), ABANDONED_AFTER));
        Map<Reservation, KeyRow> answers = new HashMap<>();
        rows.forEach((key, row) -> {
            Reservation first = firsts.get(key);
            if (first != null) {
                answers.put(first, row);
            }
        });
        return answers;
    }

    private Map<ScopedKey, Optional<KeyRow>> find(List<ScopedKey> asked) throws SQLException {
        Map<ScopedKey, KeyRow> rows = run(connection -> IdempotencyTable.find(connection, asked, ABANDONED_AFTER));
        Map<ScopedKey, Optional<KeyRow>> answers = new HashMap<>();
        asked.forEach(key -> answers.put(key, Optional.ofNullable(rows.get(key))));
        return answers;
    }

    private Map<Acknowledged, String> acknowledge(List<Acknowledged> asked) throws SQLException {
        Map<ScopedKey, Acknowledged> firsts = new LinkedHashMap<>();
        asked.forEach(acknowledged -> firsts.putIfAbsent(acknowledged.key(), acknowledged));
        Map<ScopedKey, String> rows =
                lightly(connection -> IdempotencyTable.acknowledge(connection, List.copyOf(firsts.values())));
        Map<Acknowledged, String> answers = new HashMap<>();
        // A key that has expired meanwhile has no row; what its job's client is told stands all the same.
        firsts.forEach((key, first) -> answers.put(first, rows.getOrDefault(key, first.answer())));
        return answers;
    }

    private Map<GivenUp, GivenUp> giveUp(List<GivenUp> asked) throws SQLException {
        List<Hold> released = new ArrayList<>();
        List<Hold> left = new ArrayList<>();
        Map<GivenUp, GivenUp> answers = new HashMap<>();
        for (GivenUp given : asked) {
            (given.way() == GivenUp.Way.RELEASE ? released : left).add(given.hold());
            answers.put(given, given);
        }
        lightly(connection -> {
            IdempotencyTable.release(connection, released);
            IdempotencyTable.leave(connection, left);
            return answers;
        });
        return answers;
    }

    private <T> T lightly(Transaction.Work<T> work) throws SQLException {
        return Transaction.run(database, connection -> {
            IdempotencyTable.doNotWaitForDisk(connection);
            return bounded(connection, work);
        });
    }

    private <T> T run(Transaction.Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return bounded(connection, work);
        }
    }

    /** One connection that hangs would hold up all who come after. */
    private static <T> T bounded(Connection connection, Transaction.Work<T> work) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, SILENCE_MILLIS);
        try {
            return work.with(connection);
        } finally {
            if (!connection.isClosed()) {
                connection.setNetworkTimeout(Runnable::run, 0);
            }
        }
    }
}
