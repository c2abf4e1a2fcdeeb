package dev.accepted.cli.process;

import dev.accepted.cli.terminal.Refusal;
import dev.accepted.localstack.process.LeashedProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A process of the stack that was started.
 *
 * @param role decides when it stops
 * @param process under its leash
 */
public record Supervised(Role role, LeashedProcess process) {

    private static final int LINES_SHOWN = 20;

    /** Its name in the stack. */
    public String name() {
        return process.command().name();
    }

    /** The reason why it is gone, when it is. */
    Optional<Refusal> death() {
        return process.isAlive()
                ? Optional.empty()
                : Optional.of(failure(
                        "ended with " + ExitStatus.describe(process.exit().join())));
    }

    /** The reason why nobody waits for it any longer. */
    Refusal tooLate(Duration patience) {
        return failure("was not ready after " + patience.toSeconds() + " s");
    }

    private Refusal failure(String what) {
        Path log = process.command().log();
        return new Refusal(name() + " " + what + ". The end of its log, " + log + ":\n" + tail(log));
    }

    private static String tail(Path log) {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            List<String> last = lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
            return last.isEmpty() ? "  (empty)" : "  " + String.join("\n  ", last);
        } catch (IOException e) {
            return "  (not readable: " + e.getMessage() + ")";
        }
    }
}
