package dev.accepted.engine.execution;

import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.id.JobId;
import dev.accepted.objects.FilesystemObjectStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Attempts for tests, of jobs told apart by a number. */
final class Attempts {

    static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final IdSeal SEAL = new IdSeal(List.of("a key for unit tests".getBytes(StandardCharsets.US_ASCII)));

    private Attempts() {}

    static Assignment assignment(int job, int failures, @Nullable Instant deadline) {
        JobId id = SEAL.seal("job", new UUID(BEGIN.toEpochMilli() << 16 | 0x7000, job), "acme");
        JobFacts facts = new JobFacts(null, deadline, null, Map.of(), Map.of(), Map.of(), null);
        JobCommand command = new JobCommand(id, "acme", "probe.fail", "probe", failures + 1, facts, null, null);
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>("jobs.commands.probe", 0, job, id.text(), new byte[0]);
        return new Assignment(command, record, null, failures, failures > 0, 0, null);
    }

    /** An attempt that began at nanosecond 0 and has a limit. */
    static RunningJob running(int job, Duration timeout, @Nullable Instant deadline) {
        return new RunningJob(
                assignment(job, 0, deadline),
                new TimeLimit(timeout, deadline),
                "probe-1",
                BEGIN,
                0,
                new FilesystemObjectStore(Path.of("target/objects")),
                event -> {});
    }
}
