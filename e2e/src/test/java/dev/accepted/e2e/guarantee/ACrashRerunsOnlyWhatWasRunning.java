package dev.accepted.e2e.guarantee;

import dev.accepted.contract.job.Happening;
import dev.accepted.e2e.history.Execution;
import dev.accepted.e2e.history.History;
import dev.accepted.e2e.history.Hurt;
import dev.accepted.e2e.history.Step;
import dev.accepted.e2e.history.Story;
import dev.accepted.e2e.load.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A second attempt has a reason: the first failed by itself, or its worker was taken away while it ran. */
final class ACrashRerunsOnlyWhatWasRunning implements Guarantee {

    /** A lease lives ten seconds and is renewed every second; an outage a little shorter lets some run out. */
    private static final Duration LEASES_RUN_OUT = Duration.ofSeconds(8);

    @Override
    public String promise() {
        return "Only attempts whose worker was killed, stopped, frozen or kept from renewing are run again.";
    }

    @Override
    public void judge(History history, Findings findings) {
        List<Hurt> hurts = history.all(Hurt.class);
        Map<String, List<Execution>> executions = History.byJob(history.all(Execution.class), Execution::jobId);
        for (Story story : history.stories().values()) {
            int executed = executions.getOrDefault(story.jobId(), List.of()).stream()
                    .mapToInt(Execution::attempt)
                    .max()
                    .orElse(0);
            int last = Math.max(executed, story.state().dispatched());
            IntStream.rangeClosed(2, last).forEach(attempt -> {
                Optional<Step> reason = story.endOf(attempt - 1);
                findings.expect(
                        reason.isPresent() && accounts(reason.get(), story, hurts),
                        () -> "attempt " + attempt + " of " + story.jobId() + " ("
                                + story.state().type()
                                + ") was sent because of "
                                + reason.map(step -> step.logged().toString()).orElse("nothing")
                                + ", which nothing that was done accounts for");
            });
        }
    }

    private static boolean accounts(Step step, Story story, List<Hurt> hurts) {
        Happening happening = step.logged().event().event();
        if (happening instanceof Happening.AttemptFailed) {
            return story.state().type().equals(new Kind.Fail(null, false).type());
        }
        return happening instanceof Happening.AttemptLost lost
                && lost.worker() != null
                && hurts.stream().anyMatch(hurt -> took(hurt, lost.worker(), step, story));
    }

    /** Whether the attempt can have been running there when it was done. */
    private static boolean took(Hurt hurt, String worker, Step step, Story story) {
        boolean concerned = hurt.hit(worker) || hurt.keptFromRenewing(LEASES_RUN_OUT);
        Instant sent = story.sent(step.attempt()).orElse(Instant.MAX);
        return concerned
                && !sent.isAfter(hurt.until())
                && !step.logged().appendedAt().isBefore(hurt.from());
    }
}
