package dev.accepted.cli.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.cli.CommandRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {

    @TempDir
    Path home;

    @Test
    void aShellThatReadItCompletesCommandsAndOptions() throws Exception {
        CommandRun run = new CommandRun.Setting(home).run("completion");
        assertEquals(0, run.status(), run.err());
        Path script = Files.write(home.resolve("completion"), run.bytes());
        assertTrue(complete(script, "accepted", "sub").contains("submit"));
        assertTrue(complete(script, "accepted", "jobs", "--si").contains("--since"));
        assertTrue(complete(script, "accepted", "schedules", "pu").contains("put"));
    }

    /** What bash offers for the last of the words. */
    private String complete(Path script, String... words) throws Exception {
        String line = ". '" + script + "'; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                + (words.length - 1) + "; COMP_LINE='" + String.join(" ", words) + "'; COMP_POINT=${#COMP_LINE};"
                + " COMP_TYPE=9; _complete_accepted accepted '" + words[words.length - 1]
                + "'; echo \"${COMPREPLY[@]}\"";
        Process bash =
                new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(bash.waitFor(30, TimeUnit.SECONDS));
        return said;
    }
}
