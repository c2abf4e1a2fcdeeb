package dev.accepted.contract.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.callback.Callback;
import dev.accepted.contract.callback.CallbackEvent;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OccurrenceTest {

    private static final Instant BEGAN = Records.START.plusSeconds(1);
    private static final Happening STARTED = new Happening.Started("probe-1", BEGAN);
    private static final Happening SUCCEEDED = new Happening.Succeeded("probe-1", BEGAN, null, Map.of());
    private static final Happening FAILED =
            new Happening.Failed("probe-1", BEGAN, JobError.failed("no such department"), Map.of());
    private static final Happening REDRIVEN = new Happening.Redriven("ops", "again");

    /** The n-th event lies at the offset n, and was taken n seconds after the start. */
    private static JobState then(@Nullable JobState before, int offset, int attempt, Happening happening) {
        return JobState.fold(
                before,
                Records.event(attempt, happening),
                Records.ID,
                new Position(Topics.EVENTS, 3, offset),
                Records.START.plusSeconds(offset));
    }

    private static JobState commanded(@Nullable JobState before, Set<CallbackEvent> events) {
        JobFacts facts = JobFacts.NONE.withCallback(new Callback("https://example.com/", events));
        JobCommand command = new JobCommand(Records.ID, "acme", "probe.noop", "probe", 1, facts, null, null);
        return JobState.fold(before, command, Records.commandAt(1));
    }

    private static List<String> told(JobState state) {
        return Occurrence.of(state).stream()
                .map(o -> o.event().word() + "@" + o.place())
                .toList();
    }

    @Test
    void nothingIsToldOfAJobWithoutACallback() {
        JobState state = JobState.fold(null, Records.command(1), Records.commandAt(1));
        assertTrue(Occurrence.of(then(state, 1, 1, SUCCEEDED)).isEmpty());
    }

    @Test
    void unlessItSaysOtherwiseACallbackAsksForTheEnd() {
        JobState state = commanded(null, Set.of());
        state = then(state, 1, 1, STARTED);
        assertEquals(List.of(), told(state));
        state = then(state, 2, 1, SUCCEEDED);
        assertEquals(
                List.of(new Occurrence(CallbackEvent.SUCCEEDED, Records.START.plusSeconds(2), 2)),
                Occurrence.of(state));
    }

    @Test
    void onlyWhatIsAskedForIsTold() {
        JobState failed = then(commanded(null, EnumSet.of(CallbackEvent.FAILED)), 1, 1, FAILED);
        assertEquals(List.of("failed@1"), told(failed));
        JobState succeeded = then(commanded(null, EnumSet.of(CallbackEvent.FAILED)), 1, 1, SUCCEEDED);
        assertEquals(List.of(), told(succeeded));
    }

    @Test
    void theBeginIsToldOnceHoweverManyAttemptsFollow() {
        JobState state = commanded(null, EnumSet.allOf(CallbackEvent.class));
        state = then(state, 1, 1, STARTED);
        assertEquals(List.of("started@0"), told(state));
        state = then(
                state,
                2,
                1,
                new Happening.AttemptFailed("probe-1", BEGAN, JobError.failed("x"), Duration.ofSeconds(1), Map.of()));
        state = then(state, 3, 2, STARTED);
        assertEquals(List.of("started@0"), told(state));
        assertEquals(BEGAN, Occurrence.of(state).get(0).at());
    }

    @Test
    void aJobThatSendsItsEndAloneHasBegunToo() {
        JobState state = then(commanded(null, EnumSet.allOf(CallbackEvent.class)), 1, 1, SUCCEEDED);
        assertEquals(List.of("started@0", "succeeded@1"), told(state));
    }

    @Test
    void eachEndOfAJobThatWasTakenUpAgainIsTold() {
        JobState state = then(commanded(null, Set.of()), 1, 1, FAILED);
        state = then(state, 2, 0, REDRIVEN);
        assertEquals(List.of("failed@1"), told(state));
        state = then(state, 3, 2, SUCCEEDED);
        assertEquals(List.of("failed@1", "succeeded@3"), told(state));
    }

    @Test
    void cancellingIsToldByTheEventThatBroughtIt() {
        JobState waiting = commanded(null, Set.of());
        assertEquals(List.of("cancelled@1"), told(then(waiting, 1, 1, new Happening.CancelRequested(false, null))));
        JobState held = then(commanded(null, Set.of()), 1, 1, STARTED);
        held = then(held, 2, 1, new Happening.CancelRequested(true, null));
        assertEquals(List.of(), told(held));
        assertEquals(List.of("cancelled@3"), told(then(held, 3, 1, FAILED)), "what failed while it was to stop");
    }

    @Test
    void itIsTheSameWhetherTheCommandOrTheEventsCameFirst() {
        List<Happening> events = Arrays.asList(STARTED, FAILED, REDRIVEN, FAILED);
        List<Integer> attempts = List.of(1, 1, 0, 2);
        for (int commandAt = 0; commandAt <= events.size(); commandAt++) {
            JobState state = null;
            for (int i = 0; i <= events.size(); i++) {
                if (i == commandAt) {
                    state = commanded(state, EnumSet.allOf(CallbackEvent.class));
                }
                if (i < events.size()) {
                    state = then(state, i + 1, attempts.get(i), events.get(i));
                }
            }
            assertEquals(
                    List.of("started@0", "failed@2", "failed@4"),
                    told(Objects.requireNonNull(state)),
                    "command after " + commandAt);
        }
    }
}
