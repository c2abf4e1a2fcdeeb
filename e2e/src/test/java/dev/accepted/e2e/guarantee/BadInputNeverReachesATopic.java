package dev.accepted.e2e.guarantee;

import dev.accepted.e2e.history.BadInput;
import dev.accepted.e2e.history.History;
import dev.accepted.e2e.history.LoggedCommand;
import dev.accepted.e2e.history.Poison;
import java.util.List;

/** What is not acceptable stays outside; what comes in past the gateways is put aside and stops nobody. */
final class BadInputNeverReachesATopic implements Guarantee {

    @Override
    public String promise() {
        return "Bad input is refused and in no topic; a poison record lies in jobs.dead and has stopped nobody.";
    }

    @Override
    public void judge(History history, Findings findings) {
        List<LoggedCommand> commands = history.all(LoggedCommand.class);
        for (BadInput bad : history.all(BadInput.class)) {
            findings.expect(
                    bad.code() >= 400 && bad.code() < 500 || bad.code() == 503,
                    () -> bad.what() + " was answered with " + bad.code());
            findings.expect(
                    commands.stream().noneMatch(logged -> carries(logged, bad.marker())),
                    () -> bad.what() + " (" + bad.marker() + ") is in the log");
        }
        for (Poison poison : history.all(Poison.class)) {
            findings.expect(
                    history.buried().contains(poison.at()),
                    () -> poison.what() + " at " + poison.at() + " is not in jobs.dead");
        }
        history.missing().forEach(process -> findings.expect(false, () -> process + " ended, and nobody had hurt it"));
    }

    private static boolean carries(LoggedCommand logged, String marker) {
        return logged.body().contains(marker)
                || logged.command().facts().toString().contains(marker)
                || logged.command().type().contains(marker);
    }
}
