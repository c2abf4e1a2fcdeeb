package dev.accepted.cli.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.cli.terminal.Refusal;
import dev.accepted.localstack.process.Command;
import dev.accepted.localstack.process.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    Path directory;

    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private RunDirectory runs;
    private Supervisor supervisor;

    @BeforeEach
    void make() {
        runs = new RunDirectory(directory.resolve("run"));
        supervisor = new Supervisor(runs, new PrintStream(messages, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        supervisor.stop();
    }

    @Test
    void workersStopBeforeGatewaysAndTheDatabaseLast() throws Exception {
        start(Role.POSTGRES, "postgres", diarist("postgres"));
        start(Role.GATEWAY, "gateway-1", diarist("gateway"));
        start(Role.WORKER, "worker-1", diarist("worker"));
        awaitLog("postgres", "up");
        awaitLog("gateway-1", "up");
        awaitLog("worker-1", "up");

        supervisor.stop();
        assertEquals(List.of("worker", "gateway", "postgres"), Files.readAllLines(directory.resolve("diary")));
        assertEquals(List.of(), runs.list());
        assertEquals("", said());
    }

    @Test
    void aDeathIsReportedOnceAllIsSettled() {
        Supervised process = start(Role.WORKER, "worker-1", "exec sleep 600");
        supervisor.settled();
        ProcessHandle.of(process.process().pid()).orElseThrow().destroyForcibly();

        await().atMost(SOON).until(() -> said().contains("worker-1 ended with status 137 (signal 9)"));
        assertTrue(said().contains("worker-1.log"));
        assertEquals(List.of(), runs.list());
    }

    @Test
    void whoeverDiesWhileAwaitedIsShownWithTheEndOfItsLog() {
        Supervised process = start(Role.WORKER, "worker-1", "echo 'no such queue'; exit 4");
        Refusal refusal =
                assertThrows(Refusal.class, () -> Awaited.all(List.of(new Awaited(process, () -> false)), SOON));
        assertTrue(refusal.toString().contains("status 4"), refusal.toString());
        assertTrue(refusal.toString().contains("no such queue"), refusal.toString());
    }

    @Test
    void whoeverIsNotReadyInTimeIsNamed() {
        Supervised process = start(Role.WORKER, "worker-1", "exec sleep 600");
        Refusal refusal = assertThrows(
                Refusal.class, () -> Awaited.all(List.of(new Awaited(process, () -> false)), Duration.ofMillis(100)));
        assertTrue(refusal.toString().contains("worker-1 was not ready"), refusal.toString());
    }

    @Test
    void nothingStartsOnceItStops() {
        supervisor.stop();
        assertThrows(Refusal.class, () -> start(Role.WORKER, "worker-1", "true"));
        assertFalse(Files.exists(directory.resolve("worker-1.log")));
    }

    private String diarist(String name) {
        return "trap 'echo " + name + " >>diary; exit 0' TERM; echo up; while :; do sleep 0.05; done";
    }

    private Supervised start(Role role, String name, String script) {
        Path log = directory.resolve(name + ".log");
        List<String> words = List.of("sh", "-c", script);
        return supervisor.start(
                role, new Command(name, words, Map.of(), directory, log, StopSignal.TERM), "http://127.0.0.1:1", null);
    }

    private void awaitLog(String name, String text) {
        Path log = directory.resolve(name + ".log");
        await().atMost(SOON)
                .until(() -> Files.exists(log) && Files.readString(log).contains(text));
    }

    private String said() {
        return messages.toString(StandardCharsets.UTF_8);
    }
}
