package dev.accepted.e2e.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.e2e.Client;
import dev.accepted.e2e.history.History;
import dev.accepted.e2e.history.Keyed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sends a request with a key again and again, whatever became of it before, to one gateway and the other. */
final class Insistence {

    private final Http http;
    private final History history;
    private final Tally tally;

    Insistence(Http http, History history, Tally tally) {
        this.http = http;
        this.history = history;
        this.tally = tally;
    }

    /** The body of the 202 that it comes to; null for a refusal, which is the guarantee's business. */
    @Nullable
    JsonNode send(String key, String body, String first) throws InterruptedException {
        String gateway = first;
        while (true) {
            Answer answer = http.submit(gateway, key, body);
            if (answer instanceof Answer.Told told) {
                tally.count("requests with a key answered " + told.code());
                history.saw(new Keyed(
                        key,
                        gateway,
                        Instant.now(),
                        told.code(),
                        told.body().path("job_id").asText(),
                        told.body().path("created_at").asText()));
                if (told.code() != 409 && told.code() != 503) {
                    return told.code() == 202 ? told.body() : null;
                }
            } else {
                tally.count("requests with a key " + (answer instanceof Answer.Lost ? "not answered" : "not sent"));
            }
            gateway = Load.other(gateway);
            Client.pause(Load.AGAIN);
        }
    }
}
