package dev.accepted.e2e.guarantee;

import dev.accepted.e2e.history.Execution;
import dev.accepted.e2e.history.History;
import dev.accepted.e2e.history.Step;
import dev.accepted.e2e.history.Story;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Nothing runs a finished job again, and nothing runs an attempt twice. */
final class FinishedStaysFinished implements Guarantee {

    @Override
    public String promise() {
        return "No job is executed once its end is in the log, and no attempt of it twice.";
    }

    @Override
    public void judge(History history, Findings findings) {
        Map<String, Story> stories = history.stories();
        Set<String> begun = new HashSet<>();
        for (Execution execution : history.all(Execution.class)) {
            findings.expect(
                    begun.add(execution.jobId() + "/" + execution.attempt()),
                    () -> "attempt " + execution.attempt() + " of " + execution.jobId()
                            + " was executed twice, again at " + execution.notBefore() + " or later");
            Story story = stories.get(execution.jobId());
            if (story != null) {
                story.end().ifPresent(end -> findings.expect(before(execution, end), () -> tell(execution, end)));
            }
        }
    }

    private static boolean before(Execution execution, Step end) {
        return !execution.notBefore().isAfter(end.logged().appendedAt())
                && execution.attempt() <= end.after().phase().attempt();
    }

    private static String tell(Execution execution, Step end) {
        return "attempt %d of %s was executed at %s or later; the job was %s with attempt %d at %s"
                .formatted(
                        execution.attempt(),
                        execution.jobId(),
                        execution.notBefore(),
                        end.after().status().word(),
                        end.attempt(),
                        end.logged().appendedAt());
    }
}
