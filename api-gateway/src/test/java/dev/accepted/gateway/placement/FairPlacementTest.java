package dev.accepted.gateway.placement;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.localstack.LocalStack;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Through the gateway, on a real topic from which nobody takes anything. */
@GatewayTest
class FairPlacementTest {

    private static final int COUNT = 12;
    private static final int MANY = 600;

    @Inject
    Placement placement;

    private final String queue = "q" + UUID.randomUUID().toString().substring(0, 8);
    private final JobTypeDescriptor type = Workers.type(queue + ".run", queue, null, "{\"type\":\"object\"}");

    @BeforeEach
    void announce() throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(Topics.commands(queue), COUNT, (short) 1)))
                    .all()
                    .get();
        }
        Workers.announce(type);
        await().atMost(Duration.ofSeconds(20)).until(this::isPlaced);
    }

    private static Admin admin() {
        return Admin.create(
                Map.of("bootstrap.servers", (Object) LocalStack.shared().bootstrapServers()));
    }

    private boolean isPlaced() {
        Jobs asking = Jobs.of(type, "asking", Instant.now());
        return placement.partition(asking.command(1, JobFacts.NONE)).isPresent();
    }

    private void submit(String tenant, int jobs) {
        String lines = IntStream.range(0, jobs)
                .mapToObj(i -> "{\"type\":\"" + type.type() + "\",\"input\":{}}\n")
                .collect(Collectors.joining());
        given().header("Authorization", Tokens.bearer(tenant, "jobs:write"))
                .contentType("application/x-ndjson; charset=utf-8")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post("/jobs/batch")
                .then()
                .statusCode(202);
    }

    /** How many commands of a tenant each partition has. */
    private Map<Integer, Long> commands(String tenant) {
        return LogView.of(Topics.commands(queue)).stream()
                .filter(entry -> tenant.equals(entry.headers().get("ce_tenant")))
                .collect(Collectors.groupingBy(entry -> entry.at().partition(), Collectors.counting()));
    }

    @Test
    void aBacklogLiesInItsTenantsShardAndTheFewOfAnotherElsewhere() {
        submit("acme", MANY);
        submit("small", 10);

        Map<Integer, Long> backlog = commands("acme");
        Shard shard = new Shard(queue, "acme", 1, COUNT, 6);
        long inTheShard = backlog.entrySet().stream()
                .filter(partition -> shard.contains(partition.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        // The first few may lie anywhere.
        assertTrue(inTheShard >= MANY - 60, () -> inTheShard + " lie in the shard, of " + backlog);
        Map<Integer, Long> few = commands("small");
        assertEquals(10, few.values().stream().mapToLong(Long::longValue).sum());
        few.keySet().forEach(partition -> assertFalse(shard.contains(partition), () -> few + " behind " + backlog));
    }

    @Test
    void partitionsThatAnOperatorAddsAreUsed() throws Exception {
        submit("acme", MANY);
        try (Admin admin = admin()) {
            admin.createPartitions(Map.of(Topics.commands(queue), NewPartitions.increaseTo(2 * COUNT)))
                    .all()
                    .get();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            submit("acme", 50);
            return commands("acme").keySet().stream().anyMatch(partition -> partition >= COUNT);
        });
    }

    @Test
    void ofAQueueThatNobodyHasSampledTheKeyDecides() {
        Jobs job = Jobs.of(Workers.type("nobody.knows", "nobody-knows", null, "{}"), "acme", Instant.now());
        assertTrue(placement.partition(job.command(1, JobFacts.NONE)).isEmpty());
    }

    @Test
    void whatIsNotDueYetLiesWhereItsKeySays() {
        Jobs job = Jobs.of(type, "acme", Instant.now());
        assertTrue(placement.partition(job.command(0, JobFacts.NONE)).isEmpty());
        assertTrue(placement.partition(job.command(1, JobFacts.NONE)).isPresent());
    }
}
