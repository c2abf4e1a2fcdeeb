package dev.accepted.contract.job;

import dev.accepted.contract.callback.Callback;
import dev.accepted.contract.callback.CallbackEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that has happened to a job and that its callback asks for. It follows from the state alone, and so is the
 * same whoever folds, however often, and whether the command or the event came first.
 *
 * @param at when it happened
 * @param place offset of its event in {@code jobs.events}: a job that is redriven ends more than once; 0 for the begin,
 *     of which there is one
 */
public record Occurrence(CallbackEvent event, Instant at, long place) {

    /** Everything that the callback of a job asks for and that has happened so far. */
    public static List<Occurrence> of(JobState state) {
        Callback callback = state.facts() == null ? null : state.facts().callback();
        if (callback == null) {
            return List.of();
        }
        List<Occurrence> found = new ArrayList<>();
        Instant begin = state.work().startedAt();
        if (begin != null) {
            found.add(new Occurrence(CallbackEvent.STARTED, begin, 0));
        }
        List<Attempt> history = state.work().history();
        for (int i = 0; i < history.size(); i++) {
            Attempt entry = history.get(i);
            endAt(i, state)
                    .flatMap(CallbackEvent::ofEnd)
                    .ifPresent(event -> found.add(new Occurrence(
                            event, entry.endedAt(), entry.position().offset())));
        }
        found.removeIf(occurrence -> !callback.events().contains(occurrence.event));
        return found;
    }

    /** The end that an entry of the history brought: the last one, or one after which an operator took the job up. */
    private static Optional<Status> endAt(int entry, JobState state) {
        List<Attempt> history = state.work().history();
        if (entry == history.size() - 1) {
            return Optional.of(state.status()).filter(Status::done);
        }
        return history.get(entry + 1).outcome().equals(Happening.Redriven.NAME)
                ? Status.ofWord(history.get(entry).outcome())
                : Optional.empty();
    }
}
