package dev.accepted.gateway.upkeep;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.callback.Callback;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.fixture.LogFiller;
import dev.accepted.gateway.fixture.Rows;
import dev.accepted.gateway.http.GatewaySettings;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.gateway.watching.EventPartitions;
import dev.accepted.gateway.webhooks.Delivering;
import dev.accepted.localstack.LocalStack;
import dev.accepted.localstack.LocalStackResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway with a log and a table of its own, that nobody but these tests writes. */
@Tag("whole-log")
@QuarkusTest
@TestProfile(UpkeepTest.OwnTable.class)
class UpkeepTest {

    private static final String VERIFICATIONS = "/operations/verifications";
    private static final String REBUILDS = "/operations/rebuilds";
    private static final JobTypeDescriptor TYPE = Workers.type("upkeep.test", "upkeep-test", null, "{}");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Instant BEGAN = Instant.parse("2026-11-23T20:00:00Z");
    /** Longer than PostgreSQL has times for. */
    private static final Duration FAR = Duration.ofDays(365L * 400_000);

    private static final String REPORT = "{\"report_type\":\"a\",\"year\":2023,\"format\":\"pdf\"}";

    /** Its database is its own. */
    public static class OwnTable implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(LocalStackResource.class, Map.of("database", "new")),
                    new TestResourceEntry(GatewaySettings.class));
        }

        /** What these tests break, the sweep would rescue. */
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("accepted.sweep.period", "PT1H");
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    @Inject
    JobsInTheLog jobs;

    @Inject
    Rows rows;

    @Inject
    DataSource database;

    @Inject
    EventPartitions events;

    @Inject
    Repair repair;

    @BeforeAll
    static void announce() {
        Workers.announceAll(TYPE, Delivering.TYPE);
    }

    @AfterEach
    void dropOld() {
        operator().delete(REBUILDS + "/old");
    }

    private static RequestSpecification operator() {
        return given().urlEncodingEnabled(false).header("Authorization", Tokens.bearer("fleet", "operations"));
    }

    private static String begin(String path) {
        return operator()
                .post(path + "?reason=a%20test")
                .then()
                .statusCode(202)
                .header("Location", containsString(path + "/"))
                .header("Cache-Control", "no-store")
                .body("status", equalTo("running"))
                .body("done", equalTo(false))
                .body("reason", equalTo("a test"))
                .extract()
                .path("status_url");
    }

    private static JsonNode show(String statusUrl) {
        return Workers.json(
                operator().get(statusUrl).then().statusCode(200).extract().asString());
    }

    private static JsonNode ended(String statusUrl) {
        await().atMost(PATIENCE).until(() -> show(statusUrl).path("done").asBoolean());
        return show(statusUrl);
    }

    private static JsonNode run(String path) {
        return ended(begin(path));
    }

    private void assertClean() {
        JsonNode verification = run(VERIFICATIONS);
        assertEquals("succeeded", verification.path("status").asText(), verification.toPrettyString());
        assertEquals(0, verification.path("differences").asInt());
        assertEquals(100, verification.path("progress").path("percent").asInt());
    }

    private void assertRebuilt() {
        JsonNode rebuild = run(REBUILDS);
        assertEquals("succeeded", rebuild.path("status").asText(), rebuild.toPrettyString());
    }

    private void update(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String named(Jobs job) {
        return "'" + job.id().uuid() + "'";
    }

    private Jobs send() {
        return jobs.send(TYPE, "local", 1, JobFacts.NONE);
    }

    private Jobs succeeded() {
        Jobs job = send();
        jobs.tell(job, 1, new Happening.Started("w", BEGAN), Status.PROCESSING);
        jobs.tell(job, 1, new Happening.Succeeded("w", BEGAN, Jobs.RESULT, Map.of("rows", 7L)), Status.SUCCEEDED);
        return job;
    }

    private Jobs scheduled(Duration ahead) {
        JobFacts facts = new JobFacts(Instant.now().plus(ahead), null, null, Map.of(), Map.of(), Map.of(), null);
        return jobs.send(TYPE, "local", 0, facts);
    }

    private Jobs waitingForRetry() {
        Jobs job = send();
        JobError error = JobError.failed("the disk is full\0");
        jobs.tell(
                job,
                1,
                new Happening.AttemptFailed("w", BEGAN.plusNanos(1_234_567), error, Duration.ofHours(1), Map.of()));
        jobs.until(job, state -> state.phase().attempt() == 2);
        return job;
    }

    private Map<String, JsonNode> items(JsonNode verification) {
        Map<String, JsonNode> items = new HashMap<>();
        verification.path("items").forEach(item -> items.put(item.path("job_id").asText(), item));
        return items;
    }

    private static JsonNode item(Map<String, JsonNode> items, Jobs job) {
        return Objects.requireNonNull(items.get(job.id().text()), items::toString);
    }

    private static JsonNode column(JsonNode item, String name) {
        for (JsonNode column : item.path("columns")) {
            if (column.path("column").asText().equals(name)) {
                return column;
            }
        }
        throw new AssertionError("No column " + name + " in " + item);
    }

    @Test
    void aTableThatTheLogMadeIsClean() {
        succeeded();
        scheduled(Duration.ofHours(1));
        waitingForRetry();
        Jobs twice = succeeded();
        try (LogFiller log = new LogFiller()) {
            log.command(twice.command(1, JobFacts.NONE));
            log.event(twice.event(1, new Happening.Succeeded("late", BEGAN, null, Map.of())));
            log.garbage(Topics.EVENTS, "garbage");
        }
        // What PostgreSQL refused moved nothing, although it reads, and although the job went on.
        Jobs refused = send();
        jobs.tell(refused, 1, new Happening.AttemptFailed("w", BEGAN, JobError.failed("x"), FAR, Map.of()));
        jobs.tell(refused, 1, new Happening.Succeeded("w", BEGAN, null, Map.of()), Status.SUCCEEDED);
        assertClean();
    }

    @Test
    void whatIsWrongIsNamedWithItsPlaceInTheLogAndARebuildMendsIt() throws Exception {
        Jobs changed = succeeded();
        Jobs missing = succeeded();
        Jobs surplus = Jobs.of(TYPE, "local", Instant.now());
        Jobs untimed = scheduled(Duration.ofHours(1));
        Jobs shifted = waitingForRetry();
        JobState right = jobs.state(changed);
        JobState lost = jobs.state(missing);
        update("UPDATE job SET status = 'failed', error = '{\"type\":\"x\"}', result = NULL WHERE id = "
                + named(changed));
        update("DELETE FROM job WHERE id = " + named(missing));
        rows.insert(surplus.accepted(JobFacts.NONE, 0, 1));
        update("DELETE FROM timer WHERE job = " + named(untimed));
        update("UPDATE timer SET due_at = due_at + interval '3 hours' WHERE job = " + named(shifted));

        JsonNode found = run(VERIFICATIONS);
        assertEquals("differs", found.path("status").asText(), found.toPrettyString());
        assertEquals(5, found.path("differences").asInt(), found.toPrettyString());
        Map<String, JsonNode> items = items(found);
        JsonNode item = item(items, changed);
        assertEquals("changed", item.path("kind").asText());
        assertEquals("local", item.path("tenant").asText());
        assertEquals("failed", column(item, "status").path("table").asText());
        assertEquals("succeeded", column(item, "status").path("log").asText());
        assertFalse(column(item, "result").has("table"));
        assertPlace(item, right);
        assertEquals("missing", item(items, missing).path("kind").asText());
        assertPlace(item(items, missing), lost);
        assertEquals("surplus", item(items, surplus).path("kind").asText());
        assertEquals(
                Topics.commands(TYPE.queue()),
                item(items, surplus).path("position").path("topic").asText());
        assertFalse(column(item(items, untimed), "timer.attempt").has("table"));
        assertTrue(column(item(items, shifted), "timer.due_at").has("log"));

        assertRebuilt();
        assertEquals(right, jobs.state(changed));
        assertEquals(lost, jobs.state(missing));
        assertTrue(rows.find(surplus.id()).isEmpty());
        assertTrue(jobs.hasTimer(untimed));
        assertClean();
    }

    private void assertPlace(JsonNode item, JobState state) {
        JsonNode position = item.path("position");
        assertEquals(Topics.EVENTS, position.path("topic").asText());
        assertEquals(events.of(state.id().text()), position.path("partition").asInt());
        assertEquals(state.eventOffset(), position.path("offset").asLong());
        Position command = Objects.requireNonNull(state.command());
        assertEquals(command.topic(), item.path("command").path("topic").asText());
        assertEquals(command.partition(), item.path("command").path("partition").asInt());
        assertEquals(command.offset(), item.path("command").path("offset").asLong());
    }

    @Test
    void aRebuildUnderTrafficLosesNothingAndTheOldTableIsKeptUntilItIsDropped() throws Exception {
        Jobs before = succeeded();
        AtomicBoolean over = new AtomicBoolean();
        Queue<Integer> codes = new ConcurrentLinkedQueue<>();
        Queue<String> sent = new ConcurrentLinkedQueue<>();
        CompletableFuture<Void> traffic = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                Response submitted =
                        given().contentType("application/json").body(REPORT).post("/reports/generate");
                codes.add(submitted.statusCode());
                sent.add(submitted.path("status_url"));
                codes.add(given().get("/jobs/" + before.id()).statusCode());
                codes.add(given().get("/jobs?limit=3").statusCode());
            }
        });
        try {
            await().atMost(PATIENCE).until(() -> sent.size() > 5);
            assertRebuilt();
            int atSwap = sent.size();
            await().atMost(PATIENCE).until(() -> sent.size() > atSwap + 5);
        } finally {
            over.set(true);
            traffic.join();
        }
        assertEquals(Set.of(200, 202), Set.copyOf(codes), "Nobody noticed");
        await().atMost(PATIENCE)
                .until(() -> number("SELECT count(*) FROM job WHERE type = 'report.generate' AND id > '"
                                + before.id().uuid() + "'")
                        >= sent.size());
        sent.forEach(job -> given().get(job).then().statusCode(200).body("status", equalTo("queued")));
        assertClean();

        assertTrue(number("SELECT count(*) FROM retired.job") > 0);
        operator().get(REBUILDS).then().statusCode(200).body("keeps_old_table", equalTo(true));
        operator().post(REBUILDS).then().statusCode(409).body("type", endsWith("/problems/old-table-kept"));
        operator().delete(REBUILDS + "/old").then().statusCode(204);
        operator().delete(REBUILDS + "/old").then().statusCode(404);
        operator().get(REBUILDS).then().body("keeps_old_table", equalTo(false));
        assertEquals(0, number("SELECT count(*) FROM pg_namespace WHERE nspname IN ('retired', 'shadow')"));
    }

    @Test
    void timersFireAfterARebuildAndNobodyIsToldTwice() throws Exception {
        JobFacts asking = JobFacts.NONE.withCallback(new Callback("https://hooks.example/hook", Set.of()));
        Jobs told = jobs.send(TYPE, "local", 1, asking);
        jobs.tell(told, 1, new Happening.Succeeded("w", BEGAN, null, Map.of()), Status.SUCCEEDED);
        String unsent = "SELECT count(*) FROM webhook WHERE job = " + named(told) + " AND sent_at IS NULL";
        String noted = "SELECT count(*) FROM webhook WHERE job = " + named(told);
        await().atMost(PATIENCE).until(() -> number(noted) == 1 && number(unsent) == 0);
        long deliveries = deliveries();
        Jobs soon = scheduled(Duration.ofSeconds(20));
        Jobs later = waitingForRetry();
        assertRebuilt();
        assertEquals(1, number(noted));
        assertEquals(0, number(unsent));
        assertTrue(jobs.hasTimer(later));
        jobs.until(later, state -> state.dispatched() == 1);
        await().atMost(PATIENCE).until(() -> jobs.state(soon).dispatched() == 1);
        assertEquals(
                1,
                LogView.of(Topics.commands(TYPE.queue())).stream()
                        .filter(entry -> entry.key().equals(soon.id().text()))
                        .count());
        assertFalse(jobs.hasTimer(soon));
        assertEquals(deliveries, deliveries());
        assertClean();
    }

    private static long deliveries() {
        return LogView.of(Topics.commands(Delivering.TYPE.queue())).size();
    }

    @Test
    void whatTheLogHasLostIsNotCalledWrongAndIsCarriedOver() throws Exception {
        JobTypeDescriptor cut = Workers.type("upkeep.cut", "upkeep-cut", null, "{}");
        Workers.announce(cut);
        Jobs gone = jobs.send(cut, "local", 1, JobFacts.NONE);
        jobs.tell(gone, 1, new Happening.Started("w", BEGAN), Status.PROCESSING);
        JobState before = jobs.state(gone);
        Position at = Objects.requireNonNull(before.command());
        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", (Object) LocalStack.shared().bootstrapServers()))) {
            admin.deleteRecords(Map.of(
                            new TopicPartition(at.topic(), at.partition()),
                            RecordsToDelete.beforeOffset(at.offset() + 1)))
                    .all()
                    .get();
        }
        JsonNode verification = run(VERIFICATIONS);
        assertEquals("succeeded", verification.path("status").asText(), verification.toPrettyString());
        assertTrue(verification.path("out_of_reach").asInt() >= 1);
        JsonNode rebuild = run(REBUILDS);
        assertTrue(rebuild.path("carried_over").asInt() >= 1, rebuild.toPrettyString());
        assertEquals(before, jobs.state(gone));
        jobs.tell(gone, 1, new Happening.Succeeded("w", BEGAN, null, Map.of()), Status.SUCCEEDED);
        assertClean();
    }

    @Test
    void chosenJobsAreMadeWhatTheLogSays() throws Exception {
        Jobs right = succeeded();
        Jobs changed = succeeded();
        Jobs missing = scheduled(Duration.ofHours(1));
        Jobs surplus = Jobs.of(TYPE, "local", Instant.now());
        JobState before = jobs.state(changed);
        JobState lost = jobs.state(missing);
        update("UPDATE job SET client_reference = 'x' WHERE id = " + named(changed));
        update("DELETE FROM job WHERE id = " + named(missing));
        update("DELETE FROM timer WHERE job = " + named(missing));
        rows.insert(surplus.accepted(JobFacts.NONE, 0, 1));
        Set<UUID> all = Stream.of(right, changed, missing, surplus)
                .map(job -> job.id().uuid())
                .collect(Collectors.toSet());
        Set<UUID> wrong = new HashSet<>(all);
        wrong.remove(right.id().uuid());
        assertEquals(wrong, differing(repair.repair(all, Repair.Purpose.LOOK)));
        assertTrue(rows.find(missing.id()).isEmpty());
        assertTrue(rows.find(surplus.id()).isPresent());
        assertEquals(wrong, differing(repair.repair(all, Repair.Purpose.MEND)));
        assertEquals(before, jobs.state(changed));
        assertEquals(lost, jobs.state(missing));
        assertTrue(jobs.hasTimer(missing));
        assertTrue(rows.find(surplus.id()).isEmpty());
        assertEquals(Set.of(), differing(repair.repair(all, Repair.Purpose.LOOK)));
        assertClean();
    }

    @Test
    void aReplayWritesTheRowsOfAPartOfTheLogAgain() throws Exception {
        Jobs right = succeeded();
        Jobs changed = succeeded();
        Jobs missing = scheduled(Duration.ofHours(1));
        JobState before = jobs.state(changed);
        JobState lost = jobs.state(missing);
        Position at = Objects.requireNonNull(before.command());
        update("UPDATE job SET client_reference = 'x' WHERE id = " + named(changed));
        update("DELETE FROM job WHERE id = " + named(missing));
        update("DELETE FROM timer WHERE job = " + named(missing));
        String select = """
                {"ids": ["%s", "%s"],
                 "topic": {"name": "%s", "partition": %d, "from_offset": %d, "to_offset": %d}}""".formatted(
                        right.id().text(), missing.id().text(), at.topic(), at.partition(), at.offset(), at.offset());
        String replay = "{\"mode\": \"project\", \"select\": %s, %s}";
        operator()
                .contentType("application/json")
                .body(replay.formatted(select, "\"dry_run\": true"))
                .post("/operations/replays")
                .then()
                .statusCode(200)
                .body("matched", equalTo(3))
                .body("left_out", equalTo(1))
                .body(
                        "sample.job_id",
                        containsInAnyOrder(changed.id().text(), missing.id().text()));
        assertTrue(rows.find(missing.id()).isEmpty());
        String begun = operator()
                .contentType("application/json")
                .body(replay.formatted(select, "\"reason\": \"a test\""))
                .post("/operations/replays")
                .then()
                .statusCode(202)
                .extract()
                .path("status_url");
        JsonNode ended = ended(begun);
        assertEquals("succeeded", ended.path("status").asText(), ended.toPrettyString());
        assertEquals(3, ended.path("counts").path("matched").asInt());
        assertEquals(2, ended.path("counts").path("sent").asInt());
        assertEquals(before, jobs.state(changed));
        assertEquals(lost, jobs.state(missing));
        assertTrue(jobs.hasTimer(missing));
        assertClean();
    }

    private static Set<UUID> differing(List<Repair.Repaired> repaired) {
        return repaired.stream().map(Repair.Repaired::job).collect(Collectors.toSet());
    }

    @Test
    void thereIsOneAtATimeAndItCanBeAborted() throws Exception {
        try (Connection another = database.getConnection();
                Statement statement = another.createStatement()) {
            // Nobody gets at the shadow meanwhile.
            statement.execute("SELECT pg_advisory_lock(hashtext('accepted.shadow'))");
            try {
                String first = begin(VERIFICATIONS);
                for (String path : List.of(VERIFICATIONS, REBUILDS)) {
                    operator()
                            .post(path)
                            .then()
                            .statusCode(409)
                            .body("type", endsWith("/problems/upkeep-running"))
                            .body("kind", equalTo("verification"))
                            .body("status_url", equalTo(first));
                }
                operator().get(VERIFICATIONS).then().statusCode(200).body("items.status_url", hasItem(first));
                operator()
                        .post(first.replace("verifications", "rebuilds") + "/abort")
                        .then()
                        .statusCode(404);
                operator().post(first + "/abort").then().statusCode(200);
                JsonNode aborted = ended(first);
                assertEquals("aborted", aborted.path("status").asText());
                assertTrue(aborted.has("aborted_by"), aborted.toPrettyString());
                operator()
                        .post(first + "/abort")
                        .then()
                        .statusCode(409)
                        .body("type", endsWith("/problems/upkeep-ended"));
            } finally {
                statement.execute("SELECT pg_advisory_unlock(hashtext('accepted.shadow'))");
            }
        }
        assertClean();
    }

    @Test
    void oneWhoseGatewayWentAwayHasFailedAndAnotherCanBegin() throws Exception {
        String id = "00000000-0000-0000-0000-00000000000" + (1 + System.nanoTime() % 9);
        update("INSERT INTO upkeep (id, kind, status, stage, actor, gateway, heartbeat_at) VALUES ('" + id
                + "', 'rebuild', 'running', 'folding', 'ops', '7@gone', now() - interval '1 minute')");
        operator()
                .get(REBUILDS + "/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("failed"))
                .body("failure", containsString("7@gone"))
                .body("failure", containsString("started again"));
        assertClean();
    }

    @Test
    void aTableThatIsReadForLongIsSwappedWhenThatIsOver() throws Exception {
        try (Connection reader = database.getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM job");
            String statusUrl = begin(REBUILDS);
            await().atMost(PATIENCE)
                    .until(() -> show(statusUrl).path("stage").asText().equals("swapping"));
            Jobs meanwhile = succeeded();
            assertEquals("running", show(statusUrl).path("status").asText());
            reader.commit();
            reader.setAutoCommit(true);
            assertEquals("succeeded", ended(statusUrl).path("status").asText());
            assertEquals(Status.SUCCEEDED, jobs.state(meanwhile).status());
        }
        assertClean();
    }

    @ParameterizedTest
    @ValueSource(strings = {VERIFICATIONS, REBUILDS})
    void whatDoesNotReadIsRefused(String path) {
        for (String reason : List.of("%20", "a%0Ab", "x".repeat(256))) {
            operator()
                    .post(path + "?reason=" + reason)
                    .then()
                    .statusCode(400)
                    .body("type", endsWith("/problems/invalid-parameter"));
        }
        for (String id : List.of("x", "00000000-0000-0000-0000-0000000000ff", "1-1-1-1-1")) {
            operator().get(path + "/" + id).then().statusCode(404);
            operator().post(path + "/" + id + "/abort").then().statusCode(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {VERIFICATIONS, REBUILDS})
    void itIsForOperatorsAlone(String path) {
        String id = path + "/00000000-0000-0000-0000-0000000000ff";
        given().post(path).then().statusCode(401);
        RequestSpecification other = given().header("Authorization", Tokens.bearer("acme", "jobs:read jobs:write"));
        for (String get : List.of(path, id)) {
            given().spec(other).get(get).then().statusCode(403);
        }
        for (String post : List.of(path, id + "/abort")) {
            given().spec(other).post(post).then().statusCode(403);
        }
        given().spec(other).delete(REBUILDS + "/old").then().statusCode(403);
    }
}
