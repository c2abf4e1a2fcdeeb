package dev.accepted.store.replay;

import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.log.Topics;
import dev.accepted.store.replay.Selection.Span;
import dev.accepted.store.replay.Selection.TopicRange;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A selection as a condition on rows of {@code job AS j}. */
final class Condition {

    // What has no command can not be sent. The words of the first condition are those of the index of what failed.
    private static final String REDRIVABLE =
            "j.error IS NOT NULL AND j.status IN ('failed', 'expired') AND j.command_topic IS NOT NULL";
    private static final String ENDED = "j.finished_at IS NOT NULL AND j.command_topic IS NOT NULL";

    /** How often replays have taken a job. */
    static final String TAKEN = "(SELECT count(*) FROM replayed r WHERE r.job = j.id AND r.sent_at IS NOT NULL)";

    private final List<String> parts = new ArrayList<>();
    private final List<Object> arguments = new ArrayList<>();

    private Condition() {}

    /** Jobs that a replay of that mode may take. */
    static Condition of(Mode mode, Selection selection) {
        Condition condition = new Condition();
        switch (mode) {
            case FAILED -> condition.parts.add(REDRIVABLE);
            case FORCE -> condition.parts.add(ENDED);
            case MISSING, PROJECT -> {}
        }
        condition.among("j.tenant", selection.tenant());
        condition.among("j.type", selection.type());
        condition.among("j.queue", selection.queue());
        condition.among("j.status", selection.status());
        condition.error(selection.error());
        if (selection.tags() != null) {
            selection.tags().forEach((name, value) -> condition.and("j.facts #>> ARRAY['tags', ?] = ?", name, value));
        }
        condition.ids(selection);
        condition.at("j.id >=", selection.createdAfter());
        condition.at("j.id <", selection.createdBefore());
        condition.time("j.finished_at >=", selection.finishedAfter());
        condition.time("j.finished_at <", selection.finishedBefore());
        if (selection.topic() != null) {
            condition.topic(selection.topic());
        }
        return condition;
    }

    /** Only what had ended by then: what ends meanwhile, perhaps for the second time, is none of this replay's. */
    Condition endedBy(Instant time) {
        time("j.finished_at <=", time);
        return this;
    }

    /** Only what comes after that job. */
    Condition after(UUID last) {
        return and("j.id > ?", last);
    }

    /** Only what replays have taken less often than that. */
    Condition takenLessThan(int most) {
        return and(TAKEN + " < ?", most);
    }

    /** The whole condition, in the words of SQL. */
    String sql() {
        return parts.isEmpty() ? "true" : String.join(" AND ", parts);
    }

    /** Sets its parameters; gives the number of the next. */
    int bind(PreparedStatement statement, int first) throws SQLException {
        int next = first;
        for (Object argument : arguments) {
            if (argument instanceof String[] texts) {
                statement.setArray(next++, statement.getConnection().createArrayOf("text", texts));
            } else if (argument instanceof UUID[] ids) {
                statement.setArray(next++, statement.getConnection().createArrayOf("uuid", ids));
            } else {
                statement.setObject(next++, argument);
            }
        }
        return next;
    }

    private Condition and(String part, Object... values) {
        parts.add(part);
        arguments.addAll(List.of(values));
        return this;
    }

    private void among(String column, @Nullable List<String> words) {
        if (words != null && !words.isEmpty()) {
            parts.add(column + " = ANY (?)");
            arguments.add(words.toArray(String[]::new));
        }
    }

    private void error(@Nullable String text) {
        if (text != null) {
            and("j.error IS NOT NULL AND strpos(lower(j.error ->> 'detail'), lower(?)) > 0", text);
        }
    }

    /** By the key, and by the whole text: the key alone would be found under a forged seal too. */
    private void ids(Selection selection) {
        List<String> ids = selection.ids();
        if (ids != null && !ids.isEmpty()) {
            parts.add("j.id = ANY (?)");
            arguments.add(selection.keys().toArray(UUID[]::new));
            among("j.job_id", ids);
        }
    }

    private void at(String column, @Nullable Instant time) {
        if (time != null) {
            and(column + " ?", UuidV7.lowest(time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time));
        }
    }

    private void time(String column, @Nullable Instant time) {
        if (time != null) {
            and(column + " ?", OffsetDateTime.ofInstant(time, ZoneOffset.UTC));
        }
    }

    /** A job lies where its last event lies, or where its last command does. */
    private void topic(TopicRange range) {
        boolean events = range.name().equals(Topics.EVENTS);
        String partition = events ? "(j.work #>> '{history,-1,position,partition}')::int" : "j.command_partition";
        String offset = events ? "(j.work #>> '{history,-1,position,offset}')::bigint" : "j.command_offset";
        if (!events) {
            and("j.command_topic = ?", range.name());
        }
        List<String> spans = new ArrayList<>();
        for (Span span : range.spans() == null ? List.<Span>of() : range.spans()) {
            spans.add("(" + partition + " = ? AND " + offset + " >= ? AND " + offset + " < ?)");
            arguments.addAll(List.of(span.partition(), span.from(), span.before()));
        }
        parts.add(spans.isEmpty() ? "false" : "(" + String.join(" OR ", spans) + ")");
    }
}
