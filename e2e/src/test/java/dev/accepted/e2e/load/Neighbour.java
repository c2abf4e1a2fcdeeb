package dev.accepted.e2e.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.e2e.history.History;
import dev.accepted.e2e.history.Owned;
import dev.accepted.e2e.history.Trespass;
import dev.accepted.e2e.scenario.Fleet;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients of a second tenant: they hand in jobs of their own, and try to get at those of the first. */
final class Neighbour {

    private static final String TENANT = "neighbour";
    private static final String FIRST = "local";
    private static final String JSON = "application/json";

    private final History history;
    private final Http own;
    private final Http first;
    private final AtomicInteger sent = new AtomicInteger();

    Neighbour(Fleet fleet, Http first) {
        this.history = fleet.history();
        this.first = first;
        this.own = first.as("Bearer " + fleet.token("--tenant", TENANT));
    }

    /** Tries everything on a job of the first tenant, and lets that one try on a job of its own. */
    void meddle(String jobId, String reference, String gateway) throws InterruptedException {
        history.saw(new Owned(jobId, FIRST));
        tryAll(own, jobId, gateway);
        list(own, jobId, reference, gateway);
        String name = "neighbour-" + sent.incrementAndGet();
        Order order = Order.of(new Kind.Noop());
        history.ordered(name, order);
        Answer answer = own.post(gateway, "/jobs", JSON, order.body(name, Instant.now()));
        if (answer instanceof Answer.Told told && told.code() == 202) {
            String ownId = told.body().path("job_id").asText();
            history.saw(new Owned(ownId, TENANT));
            tryAll(first, ownId, gateway);
            list(first, ownId, name, gateway);
        } else if (answer instanceof Answer.Lost) {
            history.unanswered(name);
        }
    }

    private void tryAll(Http as, String jobId, String gateway) throws InterruptedException {
        for (String path : List.of("", "/timeline", "/result")) {
            note("GET /jobs/{id}" + path, jobId, as.get(gateway, "/jobs/" + jobId + path));
        }
        note("POST /jobs/{id}/cancel", jobId, as.post(gateway, "/jobs/" + jobId + "/cancel", JSON, "{}"));
    }

    private void list(Http as, String jobId, String reference, String gateway) throws InterruptedException {
        note("GET /jobs?", jobId, as.get(gateway, "/jobs?limit=200"));
        note("GET /jobs?client_reference=", jobId, as.get(gateway, "/jobs?client_reference=" + reference));
    }

    /** What is not answered proves nothing. */
    private void note(String what, String jobId, Answer answer) {
        if (answer instanceof Answer.Told told) {
            history.saw(new Trespass(jobId, what, told.code(), shown(told).contains(jobId)));
        }
    }

    /** What the answer says of itself; a problem repeats the path that was asked for. */
    private static String shown(Answer.Told told) {
        JsonNode body = told.body().deepCopy();
        if (body instanceof ObjectNode members) {
            members.remove("instance");
        }
        return body.toString();
    }
}
