package dev.accepted.gateway.status;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.gateway.fixture.FreshDatabase;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.store.partition.Partitions;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * However many jobs a table has, a list is read by an index: what Hibernate makes of a query is taken from the server's
 * own view of it, and planned upon a large table. {@code -Dlist.rows} says how large.
 */
@GatewayTest
class ListPlanTest {

    private static final int ROWS = Integer.getInteger("list.rows", 100_000);
    private static final int DAYS = 3;

    /** The planner knows nothing of its table yet. */
    private static FreshDatabase unlearned;

    private static FreshDatabase learned;

    @Inject
    DataSource database;

    @BeforeAll
    static void fill() throws SQLException {
        Workers.announceAll();
        unlearned = filled();
        learned = filled();
        try (Connection connection = learned.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE job");
        }
    }

    private static FreshDatabase filled() throws SQLException {
        FreshDatabase large = FreshDatabase.make();
        try (Connection connection = large.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            // Whole days: of what a day has begun to fill the planner may think that it is read faster as a whole.
            Instant midnight = Instant.now().truncatedTo(ChronoUnit.DAYS);
            for (int day = 1; day < DAYS; day++) {
                Partitions.ensure(connection, midnight.minus(Duration.ofDays(day)), 0);
            }
            insert(connection, midnight, "'tenant-' || n % 50", ROWS);
            insert(connection, midnight, "'few'", 10);
            connection.commit();
        }
        return large;
    }

    private static void insert(Connection connection, Instant before, String tenantOf, int rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO job (id, job_id, tenant, type, queue, status, attempt, version, created_at, finished_at,
                        dispatched, event_offset, applied, fenced, facts, work, error, client_reference)
                    SELECT id, 'job-' || id, tenant, 'type-' || n %% 5, 'q', CASE WHEN n %% 100 = 0 THEN 'failed'
                            WHEN n %% 1000 = 1 THEN 'queued' ELSE 'succeeded' END,
                        1, 2, now(), CASE WHEN n %% 1000 = 1 THEN NULL ELSE now() END, 1, 1, 1, 0,
                        jsonb_build_object('tags', jsonb_build_object('n', n::text)), '{}',
                        CASE WHEN n %% 100 = 0 THEN '{}'::jsonb END, 'r' || n
                    FROM (SELECT n, %s AS tenant, (lpad(to_hex(%d
                            - n::bigint * 86400000 * %d / %d), 12, '0')
                        || '7000' || '8' || substr(md5(%s || n), 1, 15))::uuid AS id
                        FROM generate_series(1, %d) AS n) AS made""".formatted(tenantOf, before.toEpochMilli(), DAYS, rows, tenantOf, rows));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|tenant_id_idx",
                "limit=200|tenant_id_idx",
                "status=succeeded&type=a.b|tenant_id_idx",
                "status=queued,processing|tenant_id_idx id_idx",
                "status=failed,expired|tenant_id_idx",
                "created_after=2026-01-01T00:00:00Z&created_before=2027-01-01T00:00:00Z|tenant_id_idx",
                "client_reference=r5|client_reference",
                "batch_id=batch-x|batch_idx",
                "tag.team=blue&tag.city=ulm|tenant_id_idx",
            })
    void aListIsReadByAnIndex(String query, String indexes) throws Exception {
        assertReadBy(indexes, query, sqlOf("/jobs", query, "%from job %tenant%order by%fetch first%"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|_pkey",
                "tenant=few|tenant_id_idx",
                "created_after=2026-01-01T00:00:00Z&created_before=2027-01-01T00:00:00Z|_pkey",
                "type=a.b&queue=q|_pkey",
                "tag.team=blue|_pkey",
                "status=queued,processing|[0-9]_id_idx",
                "status=failed|[0-9]_id_idx1",
                "error=disk|[0-9]_id_idx1",
                "error=disk&tenant=few|tenant_id_idx1 [0-9]_id_idx1",
                "client_reference=r5|client_reference",
                "batch_id=batch-x|batch_idx",
            })
    void aListOfAllTenantsIsReadByAnIndex(String query, String indexes) throws Exception {
        assertReadBy(indexes, query, sqlOf("/operations/jobs", query, "%from job %where%id>=%order by%fetch first%"));
    }

    private static void assertReadBy(String indexes, @Nullable String query, String sql) throws Exception {
        // What is filtered may be read otherwise for the minute until autovacuum has made the planner learn.
        for (FreshDatabase large : query == null ? List.of(unlearned, learned) : List.of(learned)) {
            String plan = plan(large, sql);
            // The DEFAULT partition is empty, and read as it likes.
            assertFalse(plan.contains("Seq Scan on job_2"), query + " is read as a whole:\n" + sql + "\n" + plan);
            boolean found = false;
            for (String index : indexes.split(" ", -1)) {
                found |= Pattern.compile(index).matcher(plan).find();
            }
            assertTrue(found, query + " goes by another index:\n" + sql + "\n" + plan);
        }
    }

    /** The statement that a list with that query was read by. */
    private String sqlOf(String path, @Nullable String query, String like) {
        AtomicReference<String> sql = new AtomicReference<>("");
        // Other requests use the same connections, so it may be gone again.
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            String before = text("SELECT clock_timestamp()");
            given().header("Authorization", Tokens.bearer("few", "jobs:read operations"))
                    .urlEncodingEnabled(false)
                    .get(query == null ? path : path + "?" + query)
                    .then()
                    .statusCode(200);
            sql.set(text("SELECT query FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND pid <> pg_backend_pid() AND query ILIKE '" + like + "'"
                    + " AND query_start > '" + before + "' ORDER BY query_start DESC LIMIT 1"));
            return !String.valueOf(sql.get()).isEmpty();
        });
        return String.valueOf(sql.get());
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    /** Such that no day is left out: what the plan does not run it does not show. */
    private static List<String> parametersOf(String sql) {
        List<String> parameters = new ArrayList<>();
        for (int n = 1; sql.contains("$" + n); n++) {
            String place = sql.substring(0, sql.indexOf("$" + n));
            if (place.endsWith(".id>=")) {
                parameters.add("'00000000-0000-7000-8000-000000000000'");
            } else if (place.endsWith(".id<")) {
                parameters.add("'ffffffff-ffff-7fff-8fff-ffffffffffff'");
            } else {
                parameters.add(place.endsWith("offset ") || place.endsWith("first ") ? "50" : "'x'");
            }
        }
        return parameters;
    }

    /** The plan for whatever parameters. */
    private static String plan(FreshDatabase large, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = large.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan");
            statement.execute("PREPARE listed AS " + sql);
            String parameters = String.join(", ", parametersOf(sql));
            try (ResultSet rows = statement.executeQuery("EXPLAIN EXECUTE listed (" + parameters + ")")) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
        }
        return String.join("\n", lines);
    }
}
