package dev.accepted.gateway.sweep;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.fixture.LogFiller;
import dev.accepted.gateway.fixture.Rows;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.localstack.LocalStack;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@GatewayTest
class SweeperTest {

    private static final JobTypeDescriptor TYPE = Workers.type("sweep.test", "sweep-test", null, "{}");
    private static final int DELIVERIES = 5;
    private static final Instant BEGAN = Instant.parse("2026-11-23T20:00:00Z");

    @Inject
    JobsInTheLog jobs;

    @Inject
    Rows rows;

    @Inject
    Sweeper sweeper;

    @BeforeAll
    static void announce() {
        Workers.announce(TYPE);
    }

    /** Of the stranded an audit shows the first hundred. */
    @BeforeEach
    void removeTheStrandedOfOtherTests() throws SQLException {
        rows.removeWhatTheLogHasNot();
    }

    private Jobs send() {
        return jobs.send(TYPE, "local", 1, JobFacts.NONE);
    }

    /** Makes the group as it is when workers took all that is there. */
    private static void takeAll(JobState state) throws Exception {
        Position at = Objects.requireNonNull(state.command());
        setGroup(at.topic(), at.partition(), at.offset() + 1);
    }

    private static void setGroup(String topic, int partition, long next) throws Exception {
        try (Admin admin = admin()) {
            admin.alterShareGroupOffsets(
                            Topics.shareGroup(TYPE.queue()), Map.of(new TopicPartition(topic, partition), next))
                    .all()
                    .get();
        }
    }

    private static Admin admin() {
        return Admin.create(
                Map.of("bootstrap.servers", (Object) LocalStack.shared().bootstrapServers()));
    }

    /** One sweep does nothing while another gateway's, or this one's own loop, is at it. */
    private JobState sweepUntil(Jobs job, Predicate<JobState> holds) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    if (!holds.test(jobs.state(job))) {
                        sweeper.sweep();
                    }
                    return holds.test(jobs.state(job));
                });
        return jobs.state(job);
    }

    private static io.restassured.response.ValidatableResponse audit() {
        return given().header("Authorization", Tokens.bearer("local", "operations"))
                .get("/operations/audit")
                .then();
    }

    @Test
    void whatWaitsInAQueueIsLeftAlone() {
        Jobs job = send();
        Position before = jobs.state(job).command();
        audit().statusCode(200)
                .body("stranded.job_id", not(hasItem(job.id().text())))
                .body("unfinished.in_queue", greaterThanOrEqualTo(1));
        sweeper.sweep();
        assertEquals(before, jobs.state(job).command());
    }

    @Test
    void aStrandedJobIsNamedAndSentAgainAsTheSameAttempt() throws Exception {
        Jobs job = send();
        JobState stranded = jobs.state(job);
        takeAll(stranded);
        audit().statusCode(200)
                .body("clean", is(false))
                .body("stranded.job_id", hasItem(job.id().text()));
        JobState sent = sweepUntil(job, state -> !Objects.equals(state.command(), stranded.command()));
        assertEquals(1, sent.dispatched());
        assertEquals(1, sent.phase().attempt());
        audit().body("stranded.job_id", not(hasItem(job.id().text())));
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(org.hamcrest.Matchers.containsString("accepted_sweep_rescued_total"));
    }

    @Test
    void aStrandedJobIsSentAgainToThePartitionItLayIn() throws Exception {
        Jobs job = Jobs.of(TYPE, "local", Instant.now());
        int last = 2;
        // Elsewhere than its key says, as the gateway places commands.
        try (LogFiller log = new LogFiller()) {
            log.command(job.command(1, JobFacts.NONE), last);
        }
        JobState stranded = jobs.until(job, state -> true);
        takeAll(stranded);
        JobState sent = sweepUntil(job, state -> !Objects.equals(state.command(), stranded.command()));
        assertEquals(last, Objects.requireNonNull(sent.command()).partition());
        audit().body("stranded.job_id", not(hasItem(job.id().text())));
    }

    @Test
    void whatTheShareGroupGaveUpIsSentAgain() throws Exception {
        Jobs job = send();
        JobState stranded = jobs.state(job);
        Position at = Objects.requireNonNull(stranded.command());
        setGroup(at.topic(), at.partition(), at.offset());
        releaseUntilGivenUp(at);
        JobState sent = sweepUntil(job, state -> !Objects.equals(state.command(), stranded.command()));
        assertEquals(1, sent.dispatched());
    }

    /** Gives a record back whenever it comes, as no worker would. After five times the broker archives it in silence. */
    private static void releaseUntilGivenUp(Position at) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                LocalStack.shared().bootstrapServers(),
                "group.id",
                Topics.shareGroup(TYPE.queue()),
                "share.acknowledgement.mode",
                "explicit");
        int released = 0;
        try (KafkaShareConsumer<byte[], byte[]> queue =
                new KafkaShareConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            queue.subscribe(List.of(at.topic()));
            for (int polls = 0; released < DELIVERIES && polls < 150; polls++) {
                for (ConsumerRecord<byte[], byte[]> record : queue.poll(Duration.ofMillis(200))) {
                    boolean isIt = record.partition() == at.partition() && record.offset() == at.offset();
                    queue.acknowledge(record, isIt ? AcknowledgeType.RELEASE : AcknowledgeType.ACCEPT);
                    released += isIt ? 1 : 0;
                }
                queue.commitSync();
            }
        }
        assertEquals(DELIVERIES, released);
    }

    @Test
    void aStrandedJobWhoseCommandIsNoLongerInTheLogIsEnded() throws Exception {
        Jobs job = send();
        Position at = Objects.requireNonNull(jobs.state(job).command());
        takeAll(jobs.state(job));
        try (Admin admin = admin()) {
            admin.deleteRecords(Map.of(
                            new TopicPartition(at.topic(), at.partition()),
                            RecordsToDelete.beforeOffset(at.offset() + 1)))
                    .all()
                    .get();
        }
        Jobs beside = send();
        JobState besideBefore = jobs.state(beside);
        takeAll(besideBefore);
        JobState ended = sweepUntil(job, state -> state.status().done());
        assertEquals(Status.EXPIRED, ended.status());
        sweepUntil(beside, state -> !Objects.equals(state.command(), besideBefore.command()));
        audit().body("stranded.job_id", not(hasItem(job.id().text())));
    }

    @Test
    void whatAWorkerHoldsIsLeftAlone() throws Exception {
        Jobs job = send();
        assertTrue(jobs.claim(job, 1));
        takeAll(jobs.state(job));
        Position before = jobs.state(job).command();
        sweeper.sweep();
        audit().body("stranded.job_id", not(hasItem(job.id().text())));
        assertEquals(before, jobs.state(job).command());
    }

    @Test
    void anAttemptThatNobodyRunsIsDeclaredLost() throws Exception {
        Jobs job = send();
        jobs.tell(job, 1, new Happening.Started("worker-9", BEGAN), Status.PROCESSING);
        takeAll(jobs.state(job));
        JobState lost = sweepUntil(job, state -> state.work().losses() == 1);
        assertEquals(2, lost.phase().attempt());
    }

    @Test
    void whatIsScheduledIsLeftAlone() {
        JobFacts later =
                new JobFacts(Instant.now().plus(Duration.ofHours(1)), null, null, Map.of(), Map.of(), Map.of(), null);
        Jobs job = jobs.send(TYPE, "local", 0, later);
        sweeper.sweep();
        audit().body("stranded.job_id", not(hasItem(job.id().text())));
        assertEquals(0, jobs.state(job).dispatched());
    }

    @Test
    void onlyOperatorsMayAudit() {
        given().get("/operations/audit").then().statusCode(401);
        given().header("Authorization", Tokens.bearer("local", "jobs:read jobs:write"))
                .get("/operations/audit")
                .then()
                .statusCode(403);
    }
}
