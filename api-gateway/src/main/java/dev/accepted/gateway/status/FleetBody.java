package dev.accepted.gateway.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.job.JobState;
import jakarta.inject.Singleton;

/** A job as operators see it: its body, whose it is, and where it runs. */
@Singleton
public class FleetBody {

    private final KnownTypes types;
    private final ShownJob bodies;

    FleetBody(KnownTypes types, ShownJob bodies) {
        this.types = types;
        this.bodies = bodies;
    }

    public ObjectNode of(JobState state) {
        return with(bodies.of(state, types.sighting(state).type()), state);
    }

    static ObjectNode with(ObjectNode body, JobState state) {
        return body.put("tenant", state.tenant()).put("queue", state.queue());
    }
}
