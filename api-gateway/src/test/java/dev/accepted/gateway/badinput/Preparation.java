package dev.accepted.gateway.badinput;

import static io.restassured.RestAssured.given;

import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.Rows;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.objects.ObjectStore;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** Makes what the table's requests speak of. */
@Singleton
public class Preparation {

    private static final String LEDGER = "department,month,revenue,expense\nSales,2190-01,1,1\n";
    private static final String LOCAL = "local";

    private final Rows rows;
    private final ObjectStore objects;
    private final DataSource database;

    Preparation(Rows rows, ObjectStore objects, DataSource database) {
        this.rows = rows;
        this.objects = objects;
        this.database = database;
    }

    /** By the name that stands in the requests. */
    Map<String, String> prepare() throws IOException, SQLException {
        Map<String, String> names = new HashMap<>(jobs());
        byte[] fiveBytes = "hello".getBytes(StandardCharsets.US_ASCII);
        names.put(
                "digest",
                objects.put(
                                LOCAL,
                                Workers.REPORT.type(),
                                "hello.txt",
                                "text/plain",
                                new ByteArrayInputStream(fiveBytes))
                        .digest());
        names.put("ledger", LEDGER);
        given().header("Content-Type", "text/csv; charset=utf-8")
                .body(LEDGER.getBytes(StandardCharsets.UTF_8))
                .put("/ledgers/2190")
                .then()
                .statusCode(201);
        String next =
                given().get("/jobs?limit=1").then().statusCode(200).extract().path("next");
        names.put("cursor", next.substring(next.indexOf("cursor=") + "cursor=".length()));
        bar("tenants/suspended");
        bar("tokens/revoked-token");
        bar("subjects/revoked-subject");
        fillSchedules();
        return names;
    }

    private Map<String, String> jobs() throws SQLException {
        Instant now = Instant.now();
        Jobs running = Jobs.of(Workers.REPORT, LOCAL, now);
        Jobs succeeded = Jobs.of(Workers.REPORT, LOCAL, now);
        Jobs failed = Jobs.of(Workers.REPORT, LOCAL, now);
        Jobs foreign = Jobs.of(Workers.REPORT, "acme", now);
        rows.insert(
                running.started(now),
                succeeded.succeeded(now),
                failed.then(
                        failed.started(now), 1, now, new Happening.Failed("w", now, JobError.failed("so"), Map.of())),
                foreign.accepted(JobFacts.NONE));
        String id = running.id().text();
        // The last character is of the seal.
        String unknown = id.substring(0, id.length() - 1) + (id.endsWith("0") ? '1' : '0');
        String ancient = Jobs.of(Workers.REPORT, LOCAL, now.minus(Duration.ofDays(40)))
                .id()
                .text();
        return Map.of(
                "running",
                id,
                "succeeded",
                succeeded.id().text(),
                "failed",
                failed.id().text(),
                "foreign",
                foreign.id().text(),
                "unknown",
                unknown,
                "ancient",
                ancient);
    }

    private static void bar(String whom) {
        given().header("Authorization", Tokens.bearer("fleet", "operations"))
                .put("/operations/barred/" + whom + "?reason=a%20test")
                .then()
                .statusCode(204);
    }

    private void fillSchedules() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "INSERT INTO schedule (tenant, name, version, cron, zone, type, input, tags, updated_at)"
                            + " SELECT 'crammed', 'n' || n, n, '0 0 1 1 *', 'UTC', 'report.generate', '{}', '{}', now()"
                            + " FROM generate_series(1, 1000) n");
        }
    }
}
