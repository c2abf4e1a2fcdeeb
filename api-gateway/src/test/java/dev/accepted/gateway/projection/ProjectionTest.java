package dev.accepted.gateway.projection;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.fixture.FreshDatabase;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.fixture.LogFiller;
import dev.accepted.gateway.fixture.Rows;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Workers;
import dev.accepted.localstack.LocalStack;
import dev.accepted.store.job.ProjectionPositions;
import dev.accepted.store.transaction.Transaction;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@GatewayTest
class ProjectionTest {

    private static final Instant BEGAN = Instant.parse("2026-11-23T20:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Rows rows;

    @Inject
    JobsInTheLog jobs;

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private static Optional<LogView.Entry> buried(Position at) {
        return LogView.of(Topics.DEAD).stream()
                .filter(entry -> at.topic().equals(entry.headers().get("dead_topic"))
                        && Integer.toString(at.partition())
                                .equals(entry.headers().get("dead_partition"))
                        && Long.toString(at.offset()).equals(entry.headers().get("dead_offset")))
                .findFirst();
    }

    @Test
    void whatNobodyCanReadIsBuriedWholeAndPassedOver() throws Exception {
        Position at;
        try (LogFiller log = new LogFiller()) {
            at = log.garbage(Topics.EVENTS, "job-x");
        }
        await().atMost(PATIENCE).until(() -> buried(at).isPresent());
        LogView.Entry dead = buried(at).orElseThrow();
        assertEquals("job-x", dead.key());
        assertEquals("{}", new String(dead.value(), java.nio.charset.StandardCharsets.UTF_8));
        assertTrue(String.valueOf(dead.headers().get("dead_reason")).contains("event"));
        await().atMost(PATIENCE)
                .until(() -> rows.nextOffset(new ProjectionPositions.TopicPartition(at.topic(), at.partition()))
                        > at.offset());
    }

    @Test
    void whatThisFleetDidNotSealIsBuriedAndMovesNothing() {
        Jobs job = jobs.send(Workers.REPORT, "local", 1, JobFacts.NONE);
        Position forged;
        try (LogFiller log = new LogFiller()) {
            JobEvent genuine = job.event(1, new Happening.Succeeded("w", BEGAN, null, Map.of()));
            // The id is real, and another tenant's.
            forged = log.event(
                    new JobEvent(genuine.jobId(), "acme", genuine.type(), genuine.queue(), 1, null, genuine.event()));
        }
        await().atMost(PATIENCE).until(() -> buried(forged).isPresent());
        assertTrue(String.valueOf(buried(forged).orElseThrow().headers().get("dead_reason"))
                .contains("seal"));
        jobs.tell(job, 1, new Happening.Started("w", BEGAN), Status.PROCESSING);
    }

    @Test
    void aRestartGoesOnWhereTheTableStands() throws Exception {
        Workers.makeTopic("projection-restart");
        FreshDatabase database = FreshDatabase.make();
        TopicPartition begun = new TopicPartition("projection-restart", 0);
        TopicPartition untouched = new TopicPartition("projection-restart", 1);
        Transaction.run(database.dataSource(), connection -> {
            ProjectionPositions.save(
                    connection, Map.of(new ProjectionPositions.TopicPartition("projection-restart", 0), 5L));
            return true;
        });
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers(), "auto.offset.reset", "latest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(begun, untouched));
            new SeekToStoredPosition(database.dataSource()).onPartitionsAssigned(consumer, List.of(begun, untouched));
            assertEquals(5, consumer.position(begun));
            assertEquals(0, consumer.position(untouched));
        }
    }
}
