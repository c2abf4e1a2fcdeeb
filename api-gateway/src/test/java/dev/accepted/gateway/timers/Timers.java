package dev.accepted.gateway.timers;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.LogFiller;
import dev.accepted.gateway.http.LogView;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Timers as a test sets and sees them. */
@Singleton
class Timers {

    private final DataSource database;

    Timers(DataSource database) {
        this.database = database;
    }

    /** Commands that wait for an hour; their timers are there once they are folded. */
    static List<Jobs> waiting(JobTypeDescriptor type, int number) {
        Instant now = Instant.now();
        List<Jobs> jobs = new ArrayList<>();
        try (LogFiller log = new LogFiller()) {
            for (int n = 0; n < number; n++) {
                Jobs job = Jobs.of(type, "local", now);
                jobs.add(job);
                log.commandLater(job.command(0, startingAt(now.plus(Duration.ofHours(1)))));
            }
            log.flush();
        }
        return jobs;
    }

    static JobFacts startingAt(Instant time) {
        return new JobFacts(time, null, null, Map.of(), Map.of(), Map.of(), null);
    }

    /** How many timers there are of jobs of a type. */
    long of(JobTypeDescriptor type) {
        return number("SELECT count(*) FROM timer JOIN job ON job.id = timer.job WHERE type = '" + type.type() + "'");
    }

    /** How many of them are due. */
    long dueOf(JobTypeDescriptor type) {
        return number("SELECT count(*) FROM timer JOIN job ON job.id = timer.job WHERE due_at <= now() AND type = '"
                + type.type() + "'");
    }

    /** Makes all timers of a type due now. */
    void makeDue(JobTypeDescriptor type) {
        run("UPDATE timer SET due_at = now() FROM job WHERE job.id = timer.job AND type = '" + type.type() + "'");
    }

    void makeDue(Jobs job, Instant at) {
        run("UPDATE timer SET due_at = '" + at + "' WHERE job = '" + job.id().uuid() + "'");
    }

    /** Sets a timer that is due, as if it had never been dropped. */
    void set(Jobs job, int attempt, Position command) {
        run(("INSERT INTO timer (job, job_id, attempt, due_at, command_topic, command_partition, command_offset)"
                        + " VALUES ('%s', '%s', %d, now(), '%s', %d, %d) ON CONFLICT (job) DO UPDATE SET due_at = now(),"
                        + " command_topic = excluded.command_topic, command_partition = excluded.command_partition,"
                        + " command_offset = excluded.command_offset")
                .formatted(job.id().uuid(), job.id(), attempt, command.topic(), command.partition(), command.offset()));
    }

    /** Seconds until the timer of a job is due. */
    long secondsLeft(Jobs job) {
        return number("SELECT ceil(extract(epoch FROM due_at - now())) FROM timer WHERE job = '"
                + job.id().uuid() + "'");
    }

    /** When each job's command was appended to a topic, the first time; fails if one was sent twice. */
    static Map<String, Instant> sentTo(String topic) {
        Map<String, Instant> sent = new HashMap<>();
        for (LogView.Entry entry : LogView.of(topic)) {
            if (sent.put(entry.key(), entry.appendedAt()) != null) {
                throw new AssertionError(entry.key() + " was sent twice");
            }
        }
        return sent;
    }

    private long number(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : -1;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
