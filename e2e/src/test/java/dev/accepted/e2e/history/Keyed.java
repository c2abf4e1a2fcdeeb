package dev.accepted.e2e.history;

import java.time.Instant;

/**
 * An answer to a submission with a key.
 *
 * @param key of the client's for this one job; every request with it says the same
 * @param jobId in the answer; empty unless it was a 202
 * @param createdAt as it stands in the answer
 */
public record Keyed(String key, String gateway, Instant at, int code, String jobId, String createdAt) {

    public boolean accepted() {
        return code == 202;
    }
}
