package dev.accepted.contract.job;

import static dev.accepted.contract.job.Happening.AttemptLost.Cause.WORKER_GONE;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records of one job, for tests. */
final class Records {

    static final Instant START = Instant.parse("2026-11-23T20:00:00Z");
    static final JobId ID = new IdSeal(List.of("0123456789abcdef".getBytes(StandardCharsets.US_ASCII)))
            .seal("job", new UUID(START.toEpochMilli() << 16 | 0x7abc, 0x8000_0000_0000_0001L), "acme");
    static final JobFacts FACTS =
            new JobFacts(START.plusSeconds(60), null, "order-7", Map.of("team", "blue"), Map.of(), Map.of(), null);

    private Records() {}

    static JobCommand command(int attempt) {
        return new JobCommand(ID, "acme", "probe.noop", "probe", attempt, FACTS, null, null);
    }

    static Position commandAt(int attempt) {
        return attempt == 0
                ? new Position(Topics.LATER, 0, 40)
                : new Position(Topics.commands("probe"), 2, 100L + attempt);
    }

    static JobEvent event(int attempt, Happening happening) {
        @Nullable Position command = attempt == 0 ? null : commandAt(attempt);
        return new JobEvent(ID.text(), "acme", "probe.noop", "probe", attempt, command, happening);
    }

    /** One event of each kind there is, with every member filled. */
    static List<Happening> everyKind() {
        Instant began = START.plusSeconds(1);
        return List.of(
                new Happening.Started("probe-1", began),
                new Happening.Progressed(
                        "probe-1", began, new Progress(40, "charts"), Map.of("sent_count", 3L), IntNode.valueOf(7)),
                new Happening.Succeeded(
                        "probe-1",
                        began,
                        new JobResult("ab".repeat(32), "application/json", 12, "result.json"),
                        Map.of("sent_count", 5L)),
                new Happening.AttemptFailed(
                        "probe-1", began, JobError.failed("the disk is full"), Duration.ofSeconds(3), Map.of()),
                new Happening.AttemptLost("probe-1", began, "its worker went away", WORKER_GONE),
                new Happening.HeldBack("probe-1", new Limit(Limit.Kind.TENANT, "acme")),
                new Happening.Failed(
                        "probe-1", began, JobError.failed("no such department"), Map.of("failed_count", 1L)),
                new Happening.CancelRequested(true, "not needed any more"),
                new Happening.Cancelled("probe-1", began),
                new Happening.Rejected("probe-1", began, "/data/3", "3 numbers where 2 were before"),
                new Happening.Expired("its deadline passed before it started"),
                new Happening.Rescheduled(START.plusSeconds(3600)),
                new Happening.Redriven("ops@example.com", "the mail server is back"));
    }
}
