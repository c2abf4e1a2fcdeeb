package dev.accepted.gateway.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.accepted.store.replay.Tally;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopRuleTest {

    @ParameterizedTest
    @CsvSource({
        // canary, share, sent, succeeded, failed, stops
        "10, 0.5, 10, 0, 4, false",
        "10, 0.5, 10, 0, 5, true",
        "10, 0.5, 10, 6, 4, false",
        // The others of the canary are not sent yet.
        "10, 0.5, 1, 0, 1, false",
        "10, 0.5, 2, 1, 1, false",
        "2, 0.5, 2, 1, 1, true",
        "2, 0.5, 2, 2, 0, false",
        "0, 0.2, 100, 15, 4, false",
        "0, 0.2, 100, 16, 4, true",
        "0, 0.2, 100, 17, 3, false",
        "0, 2, 100, 0, 100, false",
    })
    void aReplayStopsWhenTooManyFailed(
            int canary, double share, long sent, long succeeded, long failed, boolean stops) {
        assertEquals(stops, new StopRule(canary, share).isBroken(new Tally(sent, sent, succeeded, failed)));
    }
}
