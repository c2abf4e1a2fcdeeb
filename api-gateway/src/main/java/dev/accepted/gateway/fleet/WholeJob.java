package dev.accepted.gateway.fleet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Run;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.status.FleetBody;
import dev.accepted.gateway.status.Sighting;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/** All that an operator is told of one job. Blocking. */
@Singleton
class WholeJob {

    private final FleetBody bodies;
    private final Inputs inputs;

    WholeJob(FleetBody bodies, Inputs inputs) {
        this.bodies = bodies;
        this.inputs = inputs;
    }

    /** Its body, and what can be found of the rest; what cannot be read now, or not any more, is not there. */
    ObjectNode of(Sighting found) {
        JobState state = found.state();
        ObjectNode body = bodies.of(state);
        Run run = state.work().run();
        if (run != null) {
            body.put("worker", run.worker());
        }
        Position command = state.command();
        if (command != null) {
            body.putObject("command")
                    .put("topic", command.topic())
                    .put("partition", command.partition())
                    .put("offset", command.offset());
            inputs.of(command, state.tenant(), found.type().internal()).ifPresent(input -> put(body, input));
        }
        return body;
    }

    private static void put(ObjectNode body, Inputs.Input input) {
        if (input.json() != null) {
            // As it was sent, to the last digit of its numbers.
            body.putRawValue("input", new RawValue(new String(input.json(), StandardCharsets.UTF_8)));
        } else {
            body.put("input_size_bytes", input.sizeBytes()).put("input_digest", input.digest());
        }
    }
}
