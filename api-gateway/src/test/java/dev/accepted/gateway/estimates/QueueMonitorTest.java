package dev.accepted.gateway.estimates;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Workers;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over a real share group of three partitions, whose one worker the test is itself. */
@GatewayTest
class QueueMonitorTest {

    @Inject
    DataSource database;

    @Inject
    QueueMonitor monitor;

    @Inject
    Clock clock;

    private final String queue = "q" + UUID.randomUUID().toString().substring(0, 8);
    private final JobTypeDescriptor type = Workers.type(queue + ".run", queue, null, "{\"type\":\"object\"}");
    private final Map<String, JsonPath> accepted = new LinkedHashMap<>();

    @BeforeEach
    void announce() {
        Workers.announce(type);
    }

    private JsonPath submit() {
        JsonPath body = given().contentType("application/json")
                .body("{\"type\":\"" + type.type() + "\",\"input\":{}}")
                .post("/jobs")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath();
        accepted.put(body.getString("job_id"), body);
        return body;
    }

    private static JsonPath read(String id) {
        return given().get("/jobs/" + id).then().statusCode(200).extract().jsonPath();
    }

    private void afterASample() {
        Instant now = clock.instant();
        await().until(() -> monitor.age()
                .filter(age -> clock.instant().minus(age).isAfter(now))
                .isPresent());
    }

    private void assertStanding(JsonPath body, String status, int position) {
        assertEquals(status, body.getString("status"), () -> body.prettify());
        assertEquals(position, body.getInt("position_in_queue"), () -> body.prettify());
    }

    @Test
    void withoutAnyWorkerJobsQueueOneAfterTheOther() {
        for (int ahead = 0; ahead < 4; ahead++) {
            assertStanding(submit(), "queued", ahead);
        }
        afterASample();
        int ahead = 0;
        for (String id : accepted.keySet()) {
            assertStanding(read(id), "queued", ahead++);
        }
    }

    @Test
    void onAnIdlePoolAJobIsProcessedAtOnce() throws SQLException {
        try (OneSlot worker = new OneSlot(database, type)) {
            afterASample();
            JsonPath first = submit();
            assertStanding(first, "processing", 0);
            assertEquals(first.getString("job_id"), worker.take());

            afterASample();
            assertStanding(read(first.getString("job_id")), "processing", 0);
        }
    }

    @Test
    void behindALongJobOthersAreToldTheirPlacesAtOnceAndAfterEachSample() throws SQLException {
        try (OneSlot worker = new OneSlot(database, type)) {
            afterASample();
            // At once: the last sample still has the slot free, and the first job takes it.
            assertStanding(submit(), "processing", 0);
            for (int ahead = 0; ahead < 5; ahead++) {
                assertStanding(submit(), "queued", ahead);
            }
            String running = worker.take();
            accepted.remove(running);
            afterASample();

            int ahead = 0;
            for (String id : accepted.keySet()) {
                assertStanding(read(id), "queued", ahead++);
            }
            assertStanding(submit(), "queued", 5);
        }
    }

    @Test
    void placesOnlyMoveUpUntilTheQueueIsEmpty() throws SQLException {
        try (OneSlot worker = new OneSlot(database, type)) {
            for (int i = 0; i < 8; i++) {
                submit();
            }
            Map<String, Integer> places = new HashMap<>();
            while (accepted.size() > 1) {
                accepted.remove(worker.take());
                afterASample();
                for (String id : accepted.keySet()) {
                    int place = read(id).getInt("position_in_queue");
                    assertTrue(place < accepted.size(), "more ahead than there are");
                    assertTrue(place <= places.getOrDefault(id, Integer.MAX_VALUE), "a place moved back");
                    places.put(id, place);
                }
                worker.finish();
            }
            String last = accepted.keySet().iterator().next();
            assertEquals(0, read(last).getInt("position_in_queue"));
            afterASample();
            assertStanding(read(last), "processing", 0);
        }
    }
}
