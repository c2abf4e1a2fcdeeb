package dev.accepted.e2e.guarantee;

import dev.accepted.e2e.history.History;
import dev.accepted.e2e.history.Keyed;
import dev.accepted.e2e.history.LoggedCommand;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** However often, where and after whatever failure a request with a key is sent: it makes one job. */
final class SameKeySameJob implements Guarantee {

    /** The first request is still committing; a part of the system is away. */
    private static final Set<Integer> TRY_AGAIN = Set.of(409, 503);

    @Override
    public String promise() {
        return "A key stands for one job, in every answer on every gateway and in the log.";
    }

    @Override
    public void judge(History history, Findings findings) {
        Map<String, Set<String>> logged = history.all(LoggedCommand.class).stream()
                .filter(command -> command.command().idempotencyKey() != null)
                .collect(Collectors.groupingBy(
                        command -> Objects.requireNonNull(command.command().idempotencyKey()),
                        Collectors.mapping(command -> command.command().id().text(), Collectors.toSet())));
        logged.forEach((key, jobs) ->
                findings.expect(jobs.size() == 1, () -> "with the key " + key + " the log has the jobs " + jobs));
        history.all(Keyed.class).stream()
                .collect(Collectors.groupingBy(Keyed::key))
                .forEach((key, answers) -> judge(answers, logged.getOrDefault(key, Set.of()), findings));
    }

    private static void judge(List<Keyed> answers, Set<String> logged, Findings findings) {
        for (Keyed answer : answers) {
            findings.expect(
                    answer.accepted() || TRY_AGAIN.contains(answer.code()),
                    () -> answer + " to a request that was acceptable before");
        }
        List<Keyed> accepted = answers.stream().filter(Keyed::accepted).toList();
        for (Keyed answer : accepted) {
            Keyed first = accepted.get(0);
            findings.expect(
                    answer.jobId().equals(first.jobId()) && answer.createdAt().equals(first.createdAt()),
                    () -> first + ", and then " + answer);
            findings.expect(
                    logged.contains(answer.jobId()), () -> answer + ", but with that key the log has " + logged);
        }
    }
}
