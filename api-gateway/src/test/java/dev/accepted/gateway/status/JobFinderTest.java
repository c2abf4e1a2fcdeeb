package dev.accepted.gateway.status;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Workers;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.submission.RecentlyAccepted;
import dev.accepted.gateway.system.GatewayConfig;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is said of a job while the table cannot be asked. */
@GatewayTest
class JobFinderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    IdSeal seal;

    @Inject
    RecentlyAccepted recent;

    @Inject
    KnownTypes types;

    @Inject
    FoldProgress progress;

    @Inject
    Clock clock;

    @Inject
    GatewayConfig config;

    /** A table that is away. */
    private static final class Away extends JobRecords {
        @Override
        public Optional<JobState> read(UUID id) {
            throw new IllegalStateException(new SQLException("gone", "08006"));
        }
    }

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private JobFinder finder(JobRecords records) {
        return new JobFinder(seal, records, recent, types, progress, clock, config);
    }

    @Test
    void aJobThatWasAcceptedAMomentAgoMayHaveEndedSince() {
        String id = given().contentType("application/json")
                .body("{\"report_type\":\"financial\",\"year\":2023,\"format\":\"pdf\"}")
                .post("/reports/generate")
                .then()
                .statusCode(202)
                .extract()
                .path("job_id");
        assertEquals(
                id,
                recent.find(JobId.parse(id).orElseThrow()).orElseThrow().id().text());

        Problem refusal = assertThrows(
                Problem.class,
                () -> finder(new Away()).find(id, "local").await().atMost(PATIENCE));
        assertEquals(503, refusal.status());
        assertEquals("temporary-reduced-capacity", refusal.slug());
    }

    @Test
    void anIdThatIsNotGenuineIsUnknownAllTheSame() {
        Problem refusal = assertThrows(
                Problem.class,
                () -> finder(new Away()).find("job-nonsense", "local").await().atMost(PATIENCE));
        assertEquals(404, refusal.status());
    }
}
