package dev.accepted.email.tally;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHECKPOINT_LIMIT = 64 * 1024;

    @Test
    void linesSettledOutOfOrderAreSettledOnce() throws IOException {
        Tally tally = new Tally(Checkpoint.start(0));
        for (int line : new int[] {0, 1, 4, 3, 6}) {
            tally.sent(line);
        }
        Tally next = carried(tally);
        assertEquals(2, next.checkpoint().next());
        assertEquals(List.of(3, 4, 6), next.checkpoint().ahead());
        assertTrue(next.isSettled(3));
        assertFalse(next.isSettled(5));
        next.sent(2);
        next.sent(5);
        assertEquals(7, next.checkpoint().next());
        assertEquals(List.of(), next.checkpoint().ahead());
        assertEquals(7, next.sent());
    }

    @Test
    void figuresAndReasonsAreCarriedOver() throws IOException {
        Tally tally = new Tally(Checkpoint.start(1234));
        tally.sent(0);
        tally.failed(1, "No such mailbox");
        tally.skipped(2);
        tally.failed(3, "Too large");
        Tally next = carried(tally);
        next.failed(4, "No such mailbox");
        assertEquals(1234, next.startedAt().toEpochMilli());
        assertEquals(List.of(1L, 3L, 1L, 5L), List.of(next.sent(), next.failed(), next.skipped(), next.settled()));
        assertEquals(Optional.empty(), next.failureOf(0));
        assertEquals(Optional.of("No such mailbox"), next.failureOf(1));
        assertEquals(Optional.empty(), next.failureOf(2));
        assertEquals(Optional.of("Too large"), next.failureOf(3));
        assertEquals(Optional.of("No such mailbox"), next.failureOf(4));
        assertEquals(Optional.empty(), next.failureOf(5));
    }

    @Test
    void aCheckpointStaysSmallWhateverFails() throws IOException {
        for (double share : new double[] {0.01, 0.2, 0.3, 0.5, 0.9, 1}) {
            Random random = new Random(7);
            Tally tally = new Tally(Checkpoint.start(0));
            for (int line = 0; line < 100_000; line++) {
                if (random.nextDouble() < share) {
                    tally.failed(line, "é".repeat(158) + random.nextInt(90));
                } else {
                    tally.sent(line);
                }
            }
            int bytes = JSON.writeValueAsBytes(tally.checkpoint()).length;
            assertTrue(bytes < CHECKPOINT_LIMIT, bytes + " bytes with " + tally.failed() + " failures, seed 7");
            assertEquals(tally.failed(), failures(carried(tally)));
        }
    }

    private static long failures(Tally tally) {
        long failures = 0;
        for (int line = 0; line < 100_000; line++) {
            failures += tally.failureOf(line).isPresent() ? 1 : 0;
        }
        return failures;
    }

    private static Tally carried(Tally tally) throws JsonProcessingException, IOException {
        return new Tally(JSON.readValue(JSON.writeValueAsBytes(tally.checkpoint()), Checkpoint.class));
    }
}
