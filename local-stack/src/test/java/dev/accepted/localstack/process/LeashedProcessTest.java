package dev.accepted.localstack.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeashedProcessTest {

    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    Path directory;

    private Path log;

    @BeforeEach
    void nameTheLog() {
        log = directory.resolve("log/child.log");
    }

    @Test
    void theExitStatusIsTheChilds() throws Exception {
        try (LeashedProcess process = start("echo out; echo err >&2; exit 7")) {
            assertEquals(7, process.exit().get(15, TimeUnit.SECONDS));
            assertEquals("out\nerr\n", Files.readString(log));
        }
    }

    @Test
    void thePidIsTheChildsOwn() throws Exception {
        try (LeashedProcess process = start("echo $$; exec sleep 600")) {
            await().atMost(SOON).until(() -> Files.readString(log).endsWith("\n"));
            assertEquals(Files.readString(log).strip(), Long.toString(process.pid()));
            assertNotEquals(ProcessHandle.current().pid(), process.pid());
        }
    }

    @Test
    void askingSendsTheStopSignalAndLeavesTheChildItsTime() throws Exception {
        try (LeashedProcess process = start("trap 'echo asked' TERM; echo up; while :; do sleep 0.1; done")) {
            await().atMost(SOON).until(() -> Files.readString(log).contains("up"));
            process.askToStop();
            process.askToStop();
            await().atMost(SOON).until(() -> Files.readString(log).contains("asked"));
            assertTrue(process.isAlive());
        }
    }

    @Test
    void aChildThatDoesNotListenIsKilledInTheEnd() throws Exception {
        LeashedProcess process = start("trap '' TERM; echo up; while :; do sleep 0.1; done");
        await().atMost(SOON).until(() -> Files.readString(log).contains("up"));
        process.close();
        assertEquals(137, process.exit().get(15, TimeUnit.SECONDS));
    }

    @Test
    void aChildWhoseLeashIsKilledIsKilledToo() throws Exception {
        LeashedProcess process = start("exec sleep 600");
        ProcessHandle child = ProcessHandle.of(process.pid()).orElseThrow();
        child.parent().orElseThrow().destroyForcibly();
        await().atMost(SOON).until(() -> !child.isAlive());
    }

    @Test
    void aCtrlCAtTheTerminalDoesNotReachTheChild() throws Exception {
        try (LeashedProcess process = start("exec sleep 600")) {
            long leash = ProcessHandle.of(process.pid())
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow()
                    .pid();
            // A terminal signals this process's group; the child is in one that is named for its leash or for itself.
            assertTrue(groupExists(leash) || groupExists(process.pid()));
        }
    }

    @Test
    void aProgramThatIsMissingIsNamedInTheLog() throws Exception {
        Command command = new Command("ghost", List.of("no-such-program"), Map.of(), directory, log, StopSignal.TERM);
        try (LeashedProcess process = LeashedProcess.start(command)) {
            assertEquals(127, process.exit().get(15, TimeUnit.SECONDS));
            assertTrue(Files.readString(log).contains("no-such-program"));
        }
    }

    @Test
    void aChildDiesWithALauncherThatIsKilled() throws Exception {
        Process launcher = new ProcessBuilder(
                        new JavaProgram(JavaProgram.ownClassPath(), List.of("-Xmx64m"), Launcher.class.getName())
                                .words(List.of(log.toString(), directory.toString())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String pid = launcher.inputReader().readLine();
        ProcessHandle child = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        assertTrue(child.isAlive());
        launcher.destroyForcibly();
        await().atMost(SOON).until(() -> !child.isAlive());
        assertFalse(launcher.isAlive());
    }

    private static boolean groupExists(long id) throws Exception {
        return new ProcessBuilder("sh", "-c", "kill -s 0 -- -" + id).start().waitFor() == 0;
    }

    private LeashedProcess start(String script) throws Exception {
        return LeashedProcess.start(
                new Command("child", List.of("sh", "-c", script), Map.of(), directory, log, StopSignal.TERM));
    }

    /** A JVM with a child, to be killed. */
    static final class Launcher {
        private Launcher() {}

        public static void main(String[] arguments) throws Exception {
            Path log = Path.of(arguments[0]);
            Path directory = Path.of(arguments[1]);
            LeashedProcess process = LeashedProcess.start(
                    new Command("child", List.of("sleep", "600"), Map.of(), directory, log, StopSignal.TERM));
            System.out.println(process.pid());
            process.exit().join();
        }
    }
}
