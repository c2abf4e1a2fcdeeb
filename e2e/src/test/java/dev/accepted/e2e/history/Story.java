package dev.accepted.e2e.history;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.JobState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One job as the log tells it.
 *
 * @param state the fold of all its records
 */
public record Story(JobState state, List<LoggedCommand> commands, List<Step> steps) {

    /** Folds a job's records, by the very function that the gateways use. */
    static Story of(List<LoggedCommand> commands, List<LoggedEvent> events) {
        @Nullable JobState state = null;
        for (LoggedCommand logged : commands) {
            state = JobState.fold(state, logged.command(), logged.at());
        }
        List<LoggedEvent> inOrder = new ArrayList<>(events);
        inOrder.sort(Comparator.comparing(LoggedEvent::at));
        List<Step> steps = new ArrayList<>();
        for (LoggedEvent logged : inOrder) {
            JobId id = idOf(logged);
            JobState before = state != null
                    ? state
                    : JobState.unknown(
                            id,
                            logged.event().tenant(),
                            logged.event().type(),
                            logged.event().queue());
            state = JobState.fold(before, logged.event(), id, logged.at(), logged.appendedAt());
            steps.add(new Step(logged, before, state));
        }
        if (state == null) {
            throw new IllegalArgumentException("A story without a record");
        }
        return new Story(state, List.copyOf(commands), List.copyOf(steps));
    }

    private static JobId idOf(LoggedEvent logged) {
        try {
            return logged.event().id();
        } catch (Undecodable e) {
            throw new IllegalArgumentException("It was decoded before", e);
        }
    }

    public String jobId() {
        return state.id().text();
    }

    /** The events that finished it: one, in a system that keeps its promises. */
    public List<Step> ends() {
        return steps.stream().filter(Step::ends).toList();
    }

    public Optional<Step> end() {
        return ends().stream().findFirst();
    }

    /** The event that ended that attempt, if one counted. */
    public Optional<Step> endOf(int attempt) {
        return steps.stream()
                .filter(step -> step.counted()
                        && step.attempt() == attempt
                        && step.logged().event().event().endsAttempt())
                .findFirst();
    }

    /** When that attempt was first sent. */
    public Optional<Instant> sent(int attempt) {
        return commands.stream()
                .filter(logged -> Math.max(1, logged.command().attempt()) == attempt)
                .map(LoggedCommand::appendedAt)
                .min(Comparator.naturalOrder());
    }
}
