package dev.accepted.contract.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The fold's one promise: however the records of a job come, its state is the same. */
class FoldPropertyTest {

    /** A record of the log, ready to be folded. */
    private interface Folding {
        JobState into(@Nullable JobState state);
    }

    private record Commanded(JobCommand command, Position at) implements Folding {
        @Override
        public JobState into(@Nullable JobState state) {
            return JobState.fold(state, command, at);
        }
    }

    private record Happened(JobEvent event, long offset) implements Folding {
        @Override
        public JobState into(@Nullable JobState state) {
            Position at = new Position(Topics.EVENTS, 0, offset);
            return JobState.fold(state, event, Records.ID, at, Records.START.plusMillis(offset));
        }
    }

    @Property(tries = 5_000)
    void anyInterleavingAndDuplicationGivesTheSameState(
            @ForAll("events") List<Happened> events, @ForAll("commands") List<Commanded> commands, @ForAll long seed) {
        List<Folding> inOrder = new ArrayList<>(commands);
        inOrder.addAll(events);
        JobState expected = foldAll(inOrder);
        JobState shuffled = foldAll(interleave(events, commands, new Random(seed)));
        assertEquals(expected, shuffled);
    }

    @Property(tries = 2_000)
    void aFinalStateIsFinalButForARedrive(@ForAll("events") List<Happened> events) {
        JobState state = null;
        for (Happened next : events) {
            JobState before = state;
            state = next.into(state);
            if (before != null && before.status().done() && state.applied() > before.applied()) {
                assertTrue(next.event().event() instanceof Happening.Redriven, next.toString());
                assertTrue(before.status() == Status.FAILED || before.status() == Status.EXPIRED);
            }
        }
    }

    @Property(tries = 2_000)
    void aTimerExistsIfAndOnlyIfTheJobWaitsForASending(
            @ForAll("events") List<Happened> events, @ForAll("commands") List<Commanded> commands) {
        List<Folding> all = new ArrayList<>(commands);
        all.addAll(events);
        JobState state = foldAll(all);
        boolean waits = state.status() == Status.QUEUED && state.command() != null;
        assertEquals(
                waits && state.dispatched() < state.phase().attempt(),
                state.timer().isPresent());
        state.timer().ifPresent(timer -> assertEquals(state.phase().attempt(), timer.attempt()));
    }

    @Property(tries = 1_000)
    void theVersionRisesWithEveryVisibleChange(
            @ForAll("events") List<Happened> events, @ForAll("commands") List<Commanded> commands, @ForAll long seed) {
        JobState state = null;
        for (Folding next : interleave(events, commands, new Random(seed))) {
            JobState before = state;
            state = next.into(state);
            if (before != null) {
                assertTrue(state.version() >= before.version());
                boolean seen = !state.phase().equals(before.phase())
                        || !state.work().equals(before.work())
                        || !java.util.Objects.equals(state.facts(), before.facts());
                assertFalse(seen && state.version() == before.version(), () -> before + "\n" + next);
            }
        }
    }

    private static JobState foldAll(List<Folding> records) {
        JobState state = null;
        for (Folding next : records) {
            state = next.into(state);
        }
        if (state == null) {
            throw new AssertionError("nothing to fold");
        }
        return state;
    }

    /** Events keep their order, as in their partition; commands come anywhere; both are read again at random. */
    private static List<Folding> interleave(List<Happened> events, List<Commanded> commands, Random random) {
        List<Folding> all = new ArrayList<>(events);
        for (Commanded command : commands) {
            for (int copies = 1 + random.nextInt(2); copies > 0; copies--) {
                all.add(random.nextInt(all.size() + 1), command);
            }
        }
        for (int again = random.nextInt(3); again > 0 && !all.isEmpty(); again--) {
            int until = random.nextInt(all.size()) + 1;
            int from = random.nextInt(until);
            all.addAll(until, List.copyOf(all.subList(from, until)));
        }
        return all;
    }

    @Provide
    Arbitrary<List<Happened>> events() {
        Arbitrary<JobEvent> event = Combinators.combine(
                        Arbitraries.of(Records.everyKind()),
                        Arbitraries.integers().between(1, 4))
                .as((happening, attempt) -> Records.event(attempt, happening));
        return event.list().ofMaxSize(12).map(list -> {
            List<Happened> placed = new ArrayList<>();
            for (JobEvent next : list) {
                placed.add(new Happened(next, 10L + placed.size() * 3L));
            }
            return placed;
        });
    }

    @Provide
    Arbitrary<List<Commanded>> commands() {
        return Arbitraries.integers()
                .between(0, 4)
                .map(attempt -> new Commanded(Records.command(attempt), Records.commandAt(attempt)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }
}
