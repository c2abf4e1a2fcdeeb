package dev.accepted.e2e.guarantee;

import dev.accepted.e2e.history.Accepted;
import dev.accepted.e2e.history.History;
import dev.accepted.e2e.history.LoggedCommand;
import java.util.Set;
import java.util.stream.Collectors;

/** A 202 is sent only after the log has the command. */
final class AcceptedMeansDurable implements Guarantee {

    @Override
    public String promise() {
        return "What was answered with 202 has a command in the log.";
    }

    @Override
    public void judge(History history, Findings findings) {
        Set<String> logged = history.all(LoggedCommand.class).stream()
                .map(command -> command.command().id().text())
                .collect(Collectors.toSet());
        for (Accepted accepted : history.all(Accepted.class)) {
            findings.expect(
                    logged.contains(accepted.jobId()),
                    () -> accepted.jobId() + " was accepted by " + accepted.gateway() + " at " + accepted.at()
                            + " and is not in the log");
        }
    }
}
