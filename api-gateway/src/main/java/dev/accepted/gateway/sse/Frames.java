package dev.accepted.gateway.sse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.job.JobState;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What is written to a stream, by the format of the WHATWG. */
public final class Frames {

    private Frames() {}

    /** That somebody is there. */
    static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    /** The first words: how long to wait before a broken stream is opened again. */
    static byte[] opening(long retryMillis) {
        return ("retry: " + retryMillis + "\n:\n\n").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] event(String name, int version, JsonNode body) {
        return event(name, "id: " + version + "\n", body);
    }

    /** An event that is of no version. */
    public static byte[] event(String name, JsonNode body) {
        return event(name, "", body);
    }

    private static byte[] event(String name, String id, JsonNode body) {
        try {
            return ("event: " + name + "\n" + id + "data: " + Wire.JSON.writeValueAsString(body) + "\n\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree that cannot be written", e);
        }
    }

    /**
     * How a state is called after another.
     *
     * @param before what was sent last on the stream; null if nothing was
     * @param resumed whether the client had followed the job before
     */
    static String name(@Nullable JobState before, JobState now, boolean resumed) {
        if (now.status().done()) {
            return "done";
        }
        if (before == null) {
            return resumed ? "status" : "snapshot";
        }
        boolean moved = before.status() != now.status()
                || before.phase().attempt() != now.phase().attempt();
        return moved ? "status" : "progress";
    }
}
