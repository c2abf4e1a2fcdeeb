package dev.accepted.e2e.guarantee;

import dev.accepted.contract.job.Happening.CancelRequested;
import dev.accepted.contract.job.Status;
import dev.accepted.e2e.history.Cancel;
import dev.accepted.e2e.history.Execution;
import dev.accepted.e2e.history.History;
import dev.accepted.e2e.history.Step;
import dev.accepted.e2e.history.Story;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cancel that came before the end holds: the job ends as cancelled, and no further attempt of it begins. */
final class CancelHolds implements Guarantee {

    private static final int ALREADY_FINISHED = 409;
    private static final int AWAY = 503;

    @Override
    public String promise() {
        return "A job whose cancel is in the log before its end never succeeds, and no attempt of it begins any more.";
    }

    @Override
    public boolean applies(History history) {
        return history.cancels();
    }

    @Override
    public void judge(History history, Findings findings) {
        Map<String, Story> stories = history.stories();
        Map<String, List<Execution>> executions = History.byJob(history.all(Execution.class), Execution::jobId);
        for (Story story : stories.values()) {
            story.steps().stream().filter(CancelHolds::counts).findFirst().ifPresent(cancel -> {
                findings.expect(
                        story.state().status() == Status.CANCELLED,
                        () -> story.jobId() + " was cancelled at "
                                + cancel.logged().appendedAt() + " and is "
                                + story.state().status().word());
                executions
                        .getOrDefault(story.jobId(), List.of())
                        .forEach(execution ->
                                findings.expect(allowed(execution, cancel), () -> tell(execution, cancel)));
            });
        }
        history.all(Cancel.class).forEach(cancel -> answer(cancel, history, stories, findings));
    }

    private static boolean counts(Step step) {
        return step.counted() && step.logged().event().event() instanceof CancelRequested;
    }

    /** An attempt that was held when the cancel came may still have been about to begin; none above it may. */
    private static boolean allowed(Execution execution, Step cancel) {
        boolean held = cancel.after().status() == Status.CANCELLING;
        return held
                ? execution.attempt() <= cancel.after().phase().attempt()
                : !execution.notBefore().isAfter(cancel.logged().appendedAt());
    }

    private static String tell(Execution execution, Step cancel) {
        return "attempt " + execution.attempt() + " of " + execution.jobId() + " began at " + execution.notBefore()
                + " or later, after " + cancel.logged();
    }

    private static void answer(Cancel cancel, History history, Map<String, Story> stories, Findings findings) {
        if (cancel.promised()) {
            Optional<Story> story = Optional.ofNullable(stories.get(cancel.jobId()));
            findings.expect(
                    story.isPresent() && kept(cancel, story.get()),
                    () -> cancel + ", but the job is "
                            + story.map(s -> s.state().phase().toString()).orElse("not in the log"));
        } else if (history.cancels()) {
            findings.expect(
                    cancel.code() == ALREADY_FINISHED || cancel.code() == AWAY,
                    () -> cancel + " of a job that was accepted");
        }
    }

    /** A 202 says that the cancel is on its way, so an end that was first in the log may win; a 200 says that it won. */
    private static boolean kept(Cancel cancel, Story story) {
        boolean asked =
                story.steps().stream().anyMatch(step -> step.logged().event().event() instanceof CancelRequested);
        boolean won = story.state().status() == Status.CANCELLED;
        boolean said = cancel.code() == 200 || cancel.status().equals(Status.CANCELLING.word());
        return asked && (won || !said);
    }
}
