package dev.accepted.gateway.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.streaming.Download;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is answered to a batch: one document, or a line of JSON for the whole and one an item. Written as it is read. */
final class BatchAnswer {

    private static final int ITEMS_A_SECOND = 500;
    private static final int LONGEST_WAIT_SECONDS = 60;

    private final String batch;
    private final String origin;
    private final Outcomes outcomes;
    private final boolean asLines;

    BatchAnswer(String batch, String origin, Outcomes outcomes, boolean asLines) {
        this.batch = batch;
        this.origin = origin;
        this.outcomes = outcomes;
        this.asLines = asLines;
    }

    static String statusUrl(String batch) {
        return "/batches/" + batch;
    }

    /**
     * Makes sure that something was accepted.
     *
     * @throws Problem 422 or 503
     */
    void requireSomething() {
        if (outcomes.size() == 0) {
            throw BatchRefusals.empty();
        }
        if (outcomes.accepted() == 0) {
            throw outcomes.unavailable()
                    ? BatchRefusals.notNow(outcomes.size(), outcomes.first())
                    : BatchRefusals.rejected(outcomes.size(), outcomes.first());
        }
    }

    Response accepted() {
        String address = origin + statusUrl(batch);
        long length = pieces().mapToLong(piece -> piece.length).sum();
        int wait = Math.min(LONGEST_WAIT_SECONDS, 1 + outcomes.accepted() / ITEMS_A_SECOND);
        return Response.status(Response.Status.ACCEPTED)
                .header("Content-Type", asLines ? "application/x-ndjson" : "application/json")
                .header("Location", address)
                .header("Link", "<" + statusUrl(batch) + ">; rel=\"monitor\", </openapi>; rel=\"service-desc\"")
                .header("Retry-After", wait)
                .header("Cache-Control", "no-store")
                .header("Vary", "Accept, Authorization")
                .entity(new Download(this::open, length))
                .build();
    }

    private InputStream open() {
        return new Pieces(pieces().iterator());
    }

    private Stream<byte[]> pieces() {
        String summary = text(summary());
        int last = outcomes.size() - 1;
        String begin = asLines ? summary + "\n" : summary.substring(0, summary.length() - 1) + ",\"items\":[";
        IntFunction<String> item = index -> text(outcomes.told(index)) + (asLines ? "\n" : index < last ? "," : "]}\n");
        return Stream.concat(Stream.of(begin), IntStream.rangeClosed(0, last).mapToObj(item))
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode summary() {
        return Wire.JSON
                .createObjectNode()
                .put("batch_id", batch)
                .put("status_url", statusUrl(batch))
                .put("accepted_count", outcomes.accepted())
                .put("rejected_count", outcomes.rejected())
                .put("replayed_count", outcomes.replayed());
    }

    private static String text(JsonNode node) {
        try {
            return Wire.JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree that cannot be written", e);
        }
    }
}
