package dev.accepted.e2e.fairness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.e2e.fairness.SharedQueue.Way;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One tenant's many jobs do not hold up another's few. The figures are {@link FairnessFiguresIT}'s. */
class FewBesideManyIT {

    private static final int MANY = 2_000;
    private static final int FEW = 10;

    @TempDir
    Path directory;

    @Test
    void whatATenantSendsBehindAnothersBacklogEndsLongBeforeIt() throws Exception {
        try (SharedQueue queue = SharedQueue.up(
                directory, 1, Map.of("ACCEPTED_WORKER_SLOTS", "4", "ACCEPTED_WORKER_POLL_RECORDS", "1"))) {
            queue.pause();
            String job = "{\"type\":\"probe.sleep\",\"input\":{\"millis\":20}}";
            String many = queue.submit(Way.PLACED, "many", MANY, job);
            String few = queue.submit(Way.PLACED, "few", FEW, job);
            queue.resume();
            queue.awaitEnd(few, FEW);

            long before = queue.endedBeforeTheLastOf(few, many);
            System.out.printf(
                    "The last of %d jobs ended after %d ms, and after %d of the %d that were there before them%n",
                    FEW, queue.untilTheLastOf(few, many).toMillis(), before, MANY);
            // Turns over twelve partitions make a hundred or two of it; in the order of arrival it would be all.
            assertTrue(before < MANY / 2, () -> before + " of " + MANY + " jobs of another tenant came first");
        }
    }
}
