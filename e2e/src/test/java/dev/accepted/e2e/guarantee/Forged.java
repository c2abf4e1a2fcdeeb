package dev.accepted.e2e.guarantee;

import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.Happening.AttemptFailed;
import dev.accepted.contract.job.Happening.AttemptLost;
import dev.accepted.contract.job.Happening.Succeeded;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.e2e.history.Accepted;
import dev.accepted.e2e.history.Cancel;
import dev.accepted.e2e.history.Execution;
import dev.accepted.e2e.history.History;
import dev.accepted.e2e.history.Keyed;
import dev.accepted.e2e.history.LoggedCommand;
import dev.accepted.e2e.history.LoggedEvent;
import dev.accepted.e2e.history.Look;
import dev.accepted.e2e.history.Look.Shown;
import dev.accepted.e2e.history.Row;
import dev.accepted.e2e.load.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A history of one job that never was, step by step; each step is one second after the last. */
final class Forged {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final String REFERENCE = "load-1";

    private final JobId id =
            new IdSeal(List.of(new byte[16])).seal("job", new UUID(0x019c_0000_0000_7000L, 1L << 63), "local");
    private final History history = new History();
    private final String type;
    private int seconds;

    Forged(Order order) {
        this.type = order.kind().type();
        history.ordered(REFERENCE, order);
        history.mayFail(type, 2);
    }

    String jobId() {
        return id.text();
    }

    Instant now() {
        return START.plusSeconds(seconds);
    }

    Forged accepted() {
        history.saw(new Accepted(jobId(), REFERENCE, "gateway-1", now()));
        return this;
    }

    Forged sent(int attempt) {
        JobFacts facts = new JobFacts(null, null, REFERENCE, Map.of(), Map.of(), Map.of(), null);
        JobCommand command = new JobCommand(id, "local", type, "probe", attempt, facts, null, null);
        history.saw(new LoggedCommand(command, new Position(command.topic(), 0, ++seconds), now(), "{}"));
        return this;
    }

    /** The first command, of a request with a key. */
    Forged sentWithKey(String key) {
        return sentWithKey(key, id);
    }

    /** A command of another job, of a request with the same key. */
    Forged anotherWithKey(String key) {
        return sentWithKey(key, new IdSeal(List.of(new byte[16])).seal("job", new UUID(7L << 12, 1L << 63), "local"));
    }

    private Forged sentWithKey(String key, JobId of) {
        JobCommand command =
                new JobCommand(of, "local", type, "probe", 1, JobFacts.NONE, null, null).withIdempotencyKey(key);
        history.saw(new LoggedCommand(command, new Position(command.topic(), 0, ++seconds), now(), "{}"));
        return this;
    }

    Forged answeredToKey(String key, int code, String toldId) {
        seconds++;
        history.saw(new Keyed(key, "gateway-1", now(), code, toldId, toldId.isEmpty() ? "" : START.toString()));
        return this;
    }

    Forged executed(int attempt) {
        seconds++;
        history.saw(new Execution(jobId(), attempt, now()));
        return this;
    }

    Forged happened(int attempt, Happening happening) {
        seconds++;
        JobEvent event = new JobEvent(jobId(), "local", type, "probe", attempt, null, happening);
        history.saw(new LoggedEvent(event, new Position(Topics.EVENTS, 0, seconds), now()));
        return this;
    }

    Forged succeeded(int attempt) {
        return happened(attempt, new Succeeded("probe-1", now(), null, Map.of()));
    }

    Forged failedOnce(int attempt) {
        return happened(
                attempt, new AttemptFailed("probe-1", now(), JobError.failed("so"), Duration.ofSeconds(1), Map.of()));
    }

    Forged lost(int attempt) {
        return happened(attempt, new AttemptLost("probe-1", null, "gone", AttemptLost.Cause.WORKER_GONE));
    }

    Forged looked(String gateway, int code, @Nullable Shown shown) {
        seconds++;
        history.saw(new Look(jobId(), gateway, now(), now(), code, shown));
        return this;
    }

    Forged cancelled(int code, String status) {
        history.saw(new Cancel(jobId(), "gateway-1", code, status));
        return this;
    }

    /** The row that the log asks for. */
    Row row() {
        return Row.of(history.stories().values().iterator().next().state());
    }

    Forged saw(Object what) {
        history.saw(what);
        return this;
    }

    History history() {
        return history;
    }
}
