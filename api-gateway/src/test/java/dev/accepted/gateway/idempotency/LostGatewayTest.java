package dev.accepted.gateway.idempotency;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Workers;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that died with a key in its hands, and a database that does not answer. */
@GatewayTest
class LostGatewayTest {

    private final DataSource database;
    private final Keys keys;

    @Inject
    LostGatewayTest(DataSource database) {
        this.database = database;
        this.keys = new Keys(database);
    }

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT11S", "PT20M", "PT20H"})
    void whatItHadReservedAndNotSentIsSentByTheRetryAndFoundAtOnce(String age) throws Exception {
        String key = Keys.fresh();
        Jobs job = Jobs.of(Workers.REPORT, "local", Instant.now().minus(Duration.parse(age)));
        JobCommand command = job.command(1, JobFacts.NONE).withIdempotencyKey(key);
        keys.left(key, "/reports/generate", Keys.REPORT, job.id().text(), CommandHeaders.write(command));
        // An old job is told of once the table has it, which a busy machine may take its time for.
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> Keys.report(key)
                        .statusCode(202)
                        .body("job_id", equalTo(job.id().text())));
        given().get("/jobs/" + job.id().text())
                .then()
                .statusCode(200)
                .body("created_at", equalTo(job.id().createdAt().toString()));
        Keys.commands(key).forEach(sent -> assertEquals(CommandHeaders.write(command), sent.headers()));
        assertFalse(Keys.commands(key).isEmpty());
    }

    @Test
    void withoutTheDatabaseKeysAreRefusedAndOthersAccepted() throws Exception {
        String key = Keys.fresh();
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE idempotency_key IN ACCESS EXCLUSIVE MODE");
            Keys.report(key)
                    .statusCode(503)
                    .header("Retry-After", equalTo("5"))
                    .body("type", endsWith("/problems/temporary-reduced-capacity"))
                    .body("maybe_accepted", nullValue());
            given().contentType("application/json")
                    .body(Keys.REPORT)
                    .post("/reports/generate")
                    .then()
                    .statusCode(202);
            other.rollback();
            other.setAutoCommit(true);
        }
        // What was asked of the database may have been done after all: then it takes until the hold is abandoned.
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> Keys.report(key).statusCode(202));
        assertEquals(1, Keys.commands(key).size());
    }
}
