package dev.accepted.gateway.webhooks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.callback.Callback;
import dev.accepted.contract.callback.CallbackEvent;
import dev.accepted.contract.callback.WebhookDelivery;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.fixture.FreshDatabase;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Workers;
import dev.accepted.gateway.submission.CommandLog;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.transaction.Transaction;
import dev.accepted.store.webhook.WebhookTable;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Making deliveries out of a table of the test's own. */
@GatewayTest
class DeliveryMakerTest {

    private static final String URL = "https://hooks.example/?token=a";
    private static FreshDatabase database;

    private final Instant ended = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @Inject
    Messages messages;

    @Inject
    CommandLog log;

    @Inject
    IdSeal seal;

    @BeforeAll
    static void prepare() {
        Workers.announceAll(Delivering.TYPE);
        database = FreshDatabase.make();
    }

    @BeforeEach
    void empty() throws Exception {
        database.run("TRUNCATE webhook");
    }

    private DeliveryMaker maker() {
        return new DeliveryMaker(database.dataSource(), messages, log);
    }

    private JobState ended(Set<CallbackEvent> events) throws SQLException {
        Jobs job = Jobs.of(Workers.REPORT, "local", ended.minusSeconds(5));
        JobState state = job.accepted(JobFacts.NONE.withCallback(new Callback(URL, events)));
        JobState done = job.then(state, 1, ended, new Happening.Succeeded("w", ended, Jobs.RESULT, Map.of()));
        Transaction.run(database.dataSource(), c -> {
            JobTable.insert(c, List.of(done));
            WebhookTable.note(c, List.of(done));
            return done;
        });
        return done;
    }

    private static List<LogView.Entry> deliveriesOf(JobState job) {
        return LogView.of("jobs.commands.webhooks").stream()
                .filter(entry -> job.id().text().equals(entry.headers().get("ce_clientreference")))
                .toList();
    }

    @Test
    void whatIsToBeToldBecomesAJobOfItsOwn() throws Exception {
        JobState job = ended(Set.of());
        assertEquals(1, maker().makeSome());
        List<LogView.Entry> made = deliveriesOf(job);
        assertEquals(1, made.size());
        LogView.Entry command = made.get(0);
        JobId id = JobId.parse(command.key()).orElseThrow();
        assertTrue(seal.verifies(id, "local"));
        assertEquals(ended, id.createdAt());
        assertEquals("webhook.deliver", command.headers().get("ce_jobtype"));
        assertEquals("1", command.headers().get("ce_attempt"));
        WebhookDelivery input = WebhookDelivery.read(command.value());
        assertEquals(command.key(), input.id());
        assertEquals(URL, input.url());
        JsonNode payload = Wire.JSON.readTree(input.payload());
        assertEquals("job.succeeded", payload.path("type").textValue());
        assertEquals(ended.toString(), payload.path("timestamp").textValue());
        assertEquals(job.id().text(), payload.at("/data/job_id").textValue());
        assertEquals("succeeded", payload.at("/data/status").textValue());
        assertTrue(payload.at("/data/done").booleanValue());
        assertEquals("application/pdf", payload.at("/data/result/content_type").textValue());
    }

    @Test
    void eachThingThatHappenedIsAMessageOfItsOwn() throws Exception {
        JobState job = ended(EnumSet.allOf(CallbackEvent.class));
        assertEquals(2, maker().makeSome());
        assertEquals(
                Set.of("job.started", "job.succeeded"),
                deliveriesOf(job).stream().map(DeliveryMakerTest::type).collect(java.util.stream.Collectors.toSet()));
        assertEquals(
                2, deliveriesOf(job).stream().map(LogView.Entry::key).distinct().count());
    }

    private static String type(LogView.Entry command) {
        try {
            return Wire.JSON
                    .readTree(WebhookDelivery.read(command.value()).payload())
                    .path("type")
                    .textValue();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatWasMadeIsNotMadeAgain() throws Exception {
        JobState job = ended(Set.of());
        assertEquals(1, maker().makeSome());
        assertEquals(0, maker().makeSome());
        assertEquals(1, deliveriesOf(job).size());
    }

    /** The gateway dies when the log has the command and the table does not say so yet. */
    @Test
    void aGatewayThatDiesInBetweenLeavesADuplicateOfTheSameJob() throws Exception {
        JobState job = ended(Set.of());
        maker().makeSome();
        database.run("UPDATE webhook SET sent_at = NULL");
        assertEquals(1, maker().makeSome());
        List<LogView.Entry> made = deliveriesOf(job);
        assertEquals(2, made.size());
        assertEquals(made.get(0).key(), made.get(1).key(), "the claim lets one attempt of a job run, once");
        assertArrayEquals(made.get(0).value(), made.get(1).value());
        assertEquals(0, maker().makeSome());
    }

    @Test
    void severalGatewaysMakeEachOnce() throws Exception {
        List<JobState> jobs = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            jobs.add(ended(Set.of()));
        }
        List<CompletableFuture<Integer>> gateways = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            gateways.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return maker().makeSome();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        int made = 0;
        for (CompletableFuture<Integer> gateway : gateways) {
            made += gateway.get(30, TimeUnit.SECONDS);
        }
        assertEquals(20, made);
        for (JobState job : jobs) {
            assertEquals(1, deliveriesOf(job).size());
        }
    }

    @Test
    void aJobThatIsGoneIsToldOfNoMore() throws Exception {
        JobState job = ended(Set.of());
        database.run("DELETE FROM job WHERE id = '" + job.id().uuid() + "'");
        assertEquals(1, maker().makeSome());
        assertEquals(0, maker().makeSome());
        assertEquals(List.of(), deliveriesOf(job));
    }
}
