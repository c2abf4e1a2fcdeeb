package dev.accepted.e2e.run;

import dev.accepted.contract.job.Happening.AttemptLost;
import dev.accepted.e2e.guarantee.Findings;
import dev.accepted.e2e.guarantee.Guarantee;
import dev.accepted.e2e.history.Accepted;
import dev.accepted.e2e.history.Execution;
import dev.accepted.e2e.history.History;
import dev.accepted.e2e.history.Hurt;
import dev.accepted.e2e.history.Look;
import dev.accepted.e2e.history.Owned;
import dev.accepted.e2e.history.Played;
import dev.accepted.e2e.history.Step;
import dev.accepted.e2e.history.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a run is told as, in Markdown. */
record Report(
        Plan plan,
        History history,
        Map<String, Integer> answers,
        Map<Guarantee, Findings> verdict,
        Instant from,
        Instant until) {

    private static final int EXAMPLES = 5;
    private static final int INTERNAL_ERROR = 500;

    /** Whether every promise was kept. */
    boolean kept() {
        return verdict.values().stream().allMatch(Findings::kept);
    }

    /** Promises that were never at stake. */
    List<String> neverAtStake() {
        return verdict.entrySet().stream()
                .filter(entry ->
                        entry.getKey().applies(history) && entry.getValue().cases() == 0)
                .map(entry -> entry.getKey().name())
                .toList();
    }

    String markdown() {
        Map<String, Story> stories = history.stories();
        StringBuilder text = new StringBuilder("# Promises under breakage\n\n");
        text.append("Seed ").append(plan.seed()).append(", `").append(String.join(" ", plan.options()));
        text.append("`, ").append(Duration.between(from, until).toSeconds()).append(" s.\n\n");
        guarantees(text);
        figures(text, stories);
        oddities(text);
        breaks(text);
        again(text, stories);
        return text.toString();
    }

    private void guarantees(StringBuilder text) {
        text.append("## Promises\n\n| promise | kept | looked at | |\n|---|---|---|---|\n");
        verdict.forEach((guarantee, findings) -> text.append("| ")
                .append(guarantee.name())
                .append(" | ")
                .append(
                        findings.kept()
                                ? "yes"
                                : "**no, broken " + findings.breaches().size() + " times**")
                .append(" | ")
                .append(findings.cases())
                .append(" | ")
                .append(guarantee.promise())
                .append(" |\n"));
        text.append('\n');
        verdict.forEach((guarantee, findings) -> findings.breaches().stream()
                .limit(EXAMPLES)
                .forEach(breach -> text.append("- ")
                        .append(guarantee.name())
                        .append(": ")
                        .append(breach)
                        .append('\n')));
    }

    private void figures(StringBuilder text, Map<String, Story> stories) {
        List<Execution> executions = history.all(Execution.class);
        text.append("\n## Figures\n\n| | |\n|---|---|\n");
        row(text, "jobs accepted", history.all(Accepted.class).size());
        row(text, "jobs in the log", stories.size());
        row(text, "submissions without an answer", history.unanswered().size());
        row(text, "executions", executions.size());
        row(text, "of these, of a second or later attempt", (int)
                executions.stream().filter(execution -> execution.attempt() > 1).count());
        fenced(stories).forEach((event, count) -> row(text, "late events, fenced: " + event, count.intValue()));
        row(text, "jobs of requests that were refused, and in the log all the same", refusedAndLogged(stories));
        answers.forEach((what, count) -> row(text, what, count));
        new TreeMap<>(stories.values().stream()
                        .collect(Collectors.groupingBy(
                                story -> story.state().status().word(), Collectors.counting())))
                .forEach((status, count) -> row(text, "ended as " + status, count.intValue()));
    }

    private Map<String, Long> fenced(Map<String, Story> stories) {
        return new TreeMap<>(stories.values().stream()
                .flatMap(story -> story.steps().stream())
                .filter(step -> !step.counted())
                .collect(Collectors.groupingBy(
                        step -> step.logged().event().event().eventName() + " " + when(step), Collectors.counting())));
    }

    /** Commands of requests that were answered with 503: Kafka took them after the gateway had given up. */
    private int refusedAndLogged(Map<String, Story> stories) {
        // The second tenant's jobs are known by their 202 alone.
        Set<String> answered = Stream.concat(
                        history.all(Accepted.class).stream().map(Accepted::jobId),
                        history.all(Owned.class).stream().map(Owned::jobId))
                .collect(Collectors.toSet());
        return (int) stories.values().stream()
                .filter(story -> !answered.contains(story.jobId()))
                .filter(story -> story.state().facts() != null
                        && !history.unanswered()
                                .contains(String.valueOf(story.state().facts().clientReference())))
                .count();
    }

    /** Answers that say that a gateway did not know what to do. */
    private void oddities(StringBuilder text) {
        history.all(Look.class).stream()
                .filter(look -> look.code() == INTERNAL_ERROR)
                .limit(EXAMPLES)
                .forEach(look -> text.append("- 500: ").append(look).append('\n'));
    }

    private static void row(StringBuilder text, String what, int count) {
        text.append("| ").append(what).append(" | ").append(count).append(" |\n");
    }

    private void breaks(StringBuilder text) {
        text.append("\n## What was broken\n\n| at second | for | scenario | hurt |\n|---|---|---|---|\n");
        for (Played played : history.all(Played.class)) {
            String hurt = history.all(Hurt.class).stream()
                    .filter(one ->
                            !one.from().isBefore(played.from()) && !one.from().isAfter(played.until()))
                    .map(one -> one.process() + " " + one.how())
                    .distinct()
                    .collect(Collectors.joining(", "));
            text.append("| %d | %d s | %s | %s |%n"
                    .formatted(
                            Duration.between(from, played.from()).toSeconds(),
                            Duration.between(played.from(), played.until()).toSeconds(),
                            played.scenario(),
                            hurt));
        }
    }

    private void again(StringBuilder text, Map<String, Story> stories) {
        text.append("\n## What was sent again, and why\n\n| reason | attempts |\n|---|---|\n");
        Map<String, Long> reasons = stories.values().stream()
                .flatMap(story -> story.steps().stream())
                .filter(step -> step.counted() && !step.ends())
                .filter(step -> step.logged().event().event().endsAttempt())
                .collect(Collectors.groupingBy(this::reason, Collectors.counting()));
        reasons.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> row(text, entry.getKey(), entry.getValue().intValue()));
    }

    private String reason(Step step) {
        if (!(step.logged().event().event() instanceof AttemptLost lost)) {
            return step.logged().event().event().eventName();
        }
        return lost.cause().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + ", worker " + lost.worker()
                + ", " + when(step);
    }

    private String when(Step step) {
        Instant at = step.logged().appendedAt();
        return history.all(Played.class).stream()
                .filter(played -> !played.from().isAfter(at))
                .reduce((earlier, later) -> later)
                .map(played -> "during or after " + played.scenario())
                .orElse("before anything");
    }
}
