package dev.accepted.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tenant under a limit, with two workers and two gateways that all share its jobs. */
class LimitsIT {

    private static final Duration SOON = Duration.ofMinutes(2);

    /** How many of a tenant's jobs were held by workers at once, after each transaction that took or ended some. */
    private static final String WATCH = """
            CREATE TABLE watched (tenant text, at_once bigint);
            CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                INSERT INTO watched SELECT NEW.tenant, count(*) FROM lease
                    WHERE tenant = NEW.tenant AND ended_at IS NULL AND held_by IS NULL;
                RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER watching AFTER INSERT OR UPDATE OF attempt ON lease
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION watch()""";

    @TempDir
    static Path directory;

    private static LocalSystem system;
    private static Client operator;
    private static Database database;

    @BeforeAll
    static void start() throws Exception {
        system = LocalSystem.up(
                directory.resolve("data"),
                Map.of("ACCEPTED_WORKER_SLOTS", "100"),
                "--gateways",
                "2",
                "--workers",
                "probe=2");
        operator = new Client(system.url(), system.token());
        database = new Database(system.url("postgres"));
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    private static Client tenant(String name) throws Exception {
        return new Client(system.url(), system.token("--tenant", name));
    }

    private static void limit(String tenant, int most) throws Exception {
        HttpResponse<byte[]> answer = operator.send(
                "PUT",
                "/operations/limits/tenants/" + tenant,
                "application/json",
                ("{\"most\":" + most + "}").getBytes(StandardCharsets.UTF_8));
        assertTrue(answer.statusCode() / 100 == 2, () -> new String(answer.body(), StandardCharsets.UTF_8));
        // The workers hear of it with their next renewal.
        Client.pause(Duration.ofSeconds(2));
    }

    private static String batch(Client client, int jobs, int millis) {
        StringBuilder lines = new StringBuilder();
        for (int n = 0; n < jobs; n++) {
            lines.append("{\"type\":\"probe.sleep\",\"input\":{\"millis\":")
                    .append(millis)
                    .append("}}\n");
        }
        HttpResponse<byte[]> answer = client.send(
                "POST", "/jobs/batch", "application/x-ndjson", lines.toString().getBytes(StandardCharsets.UTF_8));
        assertEquals(202, answer.statusCode());
        return client.json(answer).path("status_url").asText();
    }

    private static void succeeded(Client client, String batch, int jobs) throws Exception {
        JsonNode ended = client.awaitEnd(batch, SOON);
        assertEquals(jobs, ended.at("/counts/succeeded").asInt(), ended::toString);
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aLimitedTenantRunsNoMoreThanItMayOverAllWorkersAndAnotherGoesPastIt() throws Exception {
        limit("limited", 4);
        run(WATCH);
        Client limited = tenant("limited");
        Client free = tenant("free");
        String slow = batch(limited, 60, 500);
        operator.await(
                "/operations/limits/tenants/limited",
                SOON,
                now -> now.path("waiting").asInt() > 40);
        String others = batch(free, 60, 500);
        succeeded(free, others, 60);
        assertTrue(
                limited.json(limited.get(slow)).at("/counts/succeeded").asInt() < 60,
                "the limited ones were through before the others: the limit holds up nobody");
        succeeded(limited, slow, 60);
        run("DROP TRIGGER watching ON lease");
        assertEquals(4, number("SELECT max(at_once) FROM watched WHERE tenant = 'limited'"));
        assertTrue(number("SELECT max(at_once) FROM watched WHERE tenant = 'free'") > 4);
        assertEquals(0, number("SELECT count(*) FROM timer"));
    }

    @Test
    void aRaisedLimitLetsMoreGoAndNoneLetsAllGo() throws Exception {
        limit("stopped", 0);
        Client stopped = tenant("stopped");
        String batch = batch(stopped, 40, 5_000);
        operator.await(
                "/operations/limits/tenants/stopped",
                SOON,
                now -> now.path("waiting").asInt() == 40);
        limit("stopped", 3);
        operator.await(
                "/operations/limits/tenants/stopped",
                SOON,
                now -> now.path("running").asInt() == 3 && now.path("waiting").asInt() == 37);
        operator.send("DELETE", "/operations/limits/tenants/stopped", null, new byte[0]);
        succeeded(stopped, batch, 40);
    }

    @Test
    void whatALimitCosts() throws Exception {
        int jobs = Integer.getInteger("e2e.limited", 500);
        limit("measured", 10);
        Client measured = tenant("measured");
        Client beside = tenant("beside");
        long begun = System.nanoTime();
        String batch = batch(measured, jobs, 20);
        operator.await(
                "/operations/limits/tenants/measured",
                SOON,
                now -> now.path("waiting").asInt() > 0);
        long besideBegun = System.nanoTime();
        succeeded(beside, batch(beside, 10, 20), 10);
        double besideSeconds = seconds(besideBegun);
        JsonNode ended = measured.awaitEnd(batch, Duration.ofMinutes(10));
        double seconds = seconds(begun);
        assertEquals(jobs, ended.at("/counts/succeeded").asInt());
        System.out.printf(
                "limit 10 of 200 slots, %d jobs of 20 ms: %.1f s, %.0f/s of 500/s; held back never %d, once %d, more"
                        + " often %d; 10 jobs of another tenant meanwhile: %.2f s%n",
                jobs, seconds, jobs / seconds, attempts("= 1"), attempts("= 2"), attempts("> 2"), besideSeconds);
    }

    private static long attempts(String which) throws SQLException {
        return number("SELECT count(*) FROM job WHERE tenant = 'measured' AND attempt " + which);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
