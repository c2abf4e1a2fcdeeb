package dev.accepted.gateway.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Attempt;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Run;
import dev.accepted.contract.log.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a job, oldest first, as far as its row remembers. */
final class Timeline {

    private static final String STARTED = "started";

    private Timeline() {}

    static ObjectNode of(JobState state) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("job_id", state.id().text());
        ArrayNode entries = body.putArray("entries");
        entries.add(accepted(state));
        happened(state).forEach(entries::add);
        if (state.work().historyIsFull()) {
            body.put("truncated", true);
        }
        return body;
    }

    private static ObjectNode accepted(JobState state) {
        JobFacts facts = state.facts() == null ? JobFacts.NONE : state.facts();
        ObjectNode entry = entry("accepted", state.createdAt());
        JobBody.time(entry, "scheduled_time", facts.scheduledTime());
        JobBody.time(entry, "deadline", facts.deadline());
        // The row remembers where the latest command lies; that is the first one until another is sent.
        boolean first = state.dispatched() == 0 || state.dispatched() == 1 && facts.scheduledTime() == null;
        position(entry, first ? state.command() : null);
        if (facts.traceId() != null) {
            entry.put("trace_id", facts.traceId());
        }
        return entry;
    }

    private record Timed(Instant at, ObjectNode entry) {}

    private static List<ObjectNode> happened(JobState state) {
        List<Timed> all = new ArrayList<>();
        state.work().history().forEach(attempt -> all.add(new Timed(attempt.endedAt(), ended(attempt))));
        Run run = state.work().run();
        if (run != null) {
            all.add(new Timed(run.startedAt(), running(run)));
        }
        // The history has the log's order, and keeps it: the sort is stable.
        return all.stream()
                .sorted(Comparator.comparing(Timed::at))
                .map(Timed::entry)
                .toList();
    }

    private static ObjectNode running(Run run) {
        return entry(STARTED, run.startedAt()).put("attempt", run.attempt()).put("worker", run.worker());
    }

    private static ObjectNode ended(Attempt attempt) {
        ObjectNode entry = entry(attempt.outcome(), attempt.endedAt());
        if (attempt.number() > 0) {
            entry.put("attempt", attempt.number());
        }
        if (attempt.worker() != null) {
            entry.put("worker", attempt.worker());
        }
        JobBody.time(entry, "started_at", attempt.startedAt());
        JobBody.error(entry, attempt.error());
        if (attempt.reason() != null) {
            entry.put("reason", attempt.reason());
        }
        JobBody.time(entry, "next_attempt_at", attempt.nextAt());
        position(entry, attempt.position());
        return entry;
    }

    private static ObjectNode entry(String event, Instant time) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode().put("event", event);
        JobBody.time(entry, "time", time);
        return entry;
    }

    private static void position(ObjectNode entry, @Nullable Position at) {
        if (at != null) {
            entry.putObject("position")
                    .put("topic", at.topic())
                    .put("partition", at.partition())
                    .put("offset", at.offset());
        }
    }
}
