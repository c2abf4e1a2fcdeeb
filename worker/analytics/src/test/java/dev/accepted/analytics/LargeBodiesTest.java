package dev.accepted.analytics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.accepted.testkit.RecordingJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two jobs at once with the largest bodies, in the heap that the worker is deployed with. */
class LargeBodiesTest {

    private static final String K_MEANS = "{'algorithm':'k-means','clusters':5,'iterations':20}";

    @Test
    void twoBodiesOfTenMebibytesFitIntoTheHeapOfTheWorker() {
        assertTrue(Runtime.getRuntime().maxMemory() <= 256L * Bodies.MIB, "these tests run with -Xmx256m");
        assertEquals(List.of(true, true), twice(Bodies.ofSize(10 * Bodies.MIB, K_MEANS, 4)));
    }

    @Test
    void twoBodiesOfAsManyRowsAsPossibleFitIntoTheHeapOfTheWorker() {
        int rows = (10 * Bodies.MIB - 200) / 4;
        byte[] body = Bodies.clustering(K_MEANS, "[" + "[1],[2],".repeat(rows / 2) + "[7]]");
        assertTrue(body.length > 10 * Bodies.MIB - 200 && body.length <= 10 * Bodies.MIB);
        assertEquals(List.of(true, true), twice(body));
    }

    @Test
    void twoBodiesOfAsManyNumbersAsPossibleFitIntoTheHeapOfTheWorker() {
        String row = "[" + "1,".repeat(2046) + "%d,3]";
        String rows = (row.formatted(1) + "," + row.formatted(2) + ",").repeat(10 * Bodies.MIB / (2 * 4100));
        byte[] body = Bodies.summary("[" + rows + row.formatted(3) + "]");
        assertTrue(body.length > 10 * Bodies.MIB - 20_000 && body.length <= 10 * Bodies.MIB);
        assertEquals(List.of(true, true), twice(body));
    }

    /** Runs two jobs at once, each with its own copy of the body, and writes their results as the engine does. */
    private static List<Boolean> twice(byte[] body) {
        return Stream.of(body, body.clone())
                .map(own -> CompletableFuture.supplyAsync(() -> isWritten(own)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static boolean isWritten(byte[] body) {
        try {
            AnalysisResult result = new ProcessData().run(body, RecordingJob.of("data.process"));
            return new ObjectMapper().writeValueAsBytes(result).length > 1000;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
