package dev.accepted.gateway.sse;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobFacts;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.http.EventReader;
import dev.accepted.gateway.http.EventReader.Event;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** What becomes of the streams of a gateway of its own, which leaves. */
@GatewayTest
@TestProfile(LeavingTest.Leaving.class)
class LeavingTest {

    private static final String FLEET = "/operations/events";
    private static final String OPERATOR = Tokens.bearer("fleet", "operations");

    /** After this test nobody is streamed anything any more. */
    public static class Leaving implements QuarkusTestProfile {}

    @Inject
    Streams streams;

    @Inject
    JobsInTheLog jobs;

    @Test
    void theyEndInGoodOrderWhoeverFollows() throws Exception {
        Workers.announceAll();
        Jobs job = jobs.send(Workers.REPORT, "local", 1, JobFacts.NONE);
        try (EventReader client = EventReader.open("/jobs/" + job.id() + "/events");
                EventReader operator = EventReader.open(FLEET, "Authorization", OPERATOR)) {
            assertEquals("snapshot", client.next().name());
            assertEquals("overview", operator.next().name());
            streams.leave(new ShutdownDelayInitiatedEvent());
            assertTrue(client.isClosed());
            assertTrue(endsWithoutBreakingOff(operator));
        }
        given().header("Authorization", OPERATOR).get(FLEET).then().statusCode(503);
    }

    /** What was sampled before the end may come before it. */
    private static boolean endsWithoutBreakingOff(EventReader stream) throws InterruptedException {
        try {
            for (Event event = stream.next(); ; event = stream.next()) {
                assertTrue(event.name().equals("overview") || event.name().equals("jobs"), event.toString());
            }
        } catch (AssertionError closed) {
            return "The stream was closed".equals(closed.getMessage());
        }
    }
}
