package dev.accepted.gateway.overview;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import dev.accepted.gateway.sse.Frames;
import org.jspecify.annotations.Nullable;

/**
 * What is told to all who follow, as it is written to their streams.
 *
 * @param jobs null if none changed
 */
record Sample(byte[] overview, byte @Nullable [] jobs) {

    static Sample of(ObjectNode overview, ArrayNode jobs) {
        ObjectNode changed = Wire.JSON.createObjectNode();
        changed.set("items", jobs);
        return new Sample(Frames.event("overview", overview), jobs.isEmpty() ? null : Frames.event("jobs", changed));
    }

    /** What somebody is told of it who comes later: jobs that change from then on are told then. */
    Sample withoutJobs() {
        return new Sample(overview, null);
    }
}
