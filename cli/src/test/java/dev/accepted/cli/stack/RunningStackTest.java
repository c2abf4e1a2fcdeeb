package dev.accepted.cli.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.process.ProcessIdentity;
import dev.accepted.cli.process.RunFile;
import dev.accepted.cli.terminal.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningStackTest {

    @TempDir
    Path directory;

    private Checkout checkout;

    @BeforeEach
    void checkOut() {
        checkout = new Checkout(directory.resolve("tree"));
    }

    @Test
    void theOptionWinsOverTheVariableWhichWinsOverTheLast() throws Exception {
        Path option = describe("option", 1001, ProcessIdentity.own());
        Path variable = describe("variable", 1002, ProcessIdentity.own());
        checkout.rememberLast(describe("last", 1003, ProcessIdentity.own()));
        Map<String, String> environment = Map.of("ACCEPTED_DATA", variable.toString());

        assertEquals(1001, port(RunningStack.find(checkout, option, environment)));
        assertEquals(1002, port(RunningStack.find(checkout, null, environment)));
        assertEquals(1003, port(RunningStack.find(checkout, null, Map.of("ACCEPTED_DATA", ""))));
    }

    @Test
    void withoutAnyTheWayToOneIsTold() {
        Refusal refusal = assertThrows(Refusal.class, () -> RunningStack.find(checkout, null, Map.of()));
        assertTrue(refusal.toString().contains("accepted up"));
    }

    @Test
    void aStackWhoseLauncherIsGoneDoesNotRunEvenIfItsProcessIdDoes() throws Exception {
        ProcessIdentity own = ProcessIdentity.own();
        Path stale = describe("stale", 1001, new ProcessIdentity(own.pid(), own.startedAt() - 1));
        assertThrows(Refusal.class, () -> RunningStack.find(checkout, stale, Map.of()));
    }

    @Test
    void aFirstGatewayThatIsGoneIsNotAsked() throws Exception {
        Path root = describe("stack", 1001, ProcessIdentity.own());
        RunningStack stack = RunningStack.find(checkout, root, Map.of());
        assertEquals(1001, stack.anyGateway().getPort());
        run(root, "gateway-2", 1002);
        assertEquals(1002, stack.anyGateway().getPort());
        run(root, "gateway-1", 1001);
        assertEquals(1001, stack.anyGateway().getPort());
    }

    private static void run(Path root, String name, int port) {
        DataDirectory.of(root)
                .runs()
                .write(new RunFile(name, ProcessIdentity.own(), "http://127.0.0.1:" + port, null, "log"));
    }

    private static int port(RunningStack stack) {
        return stack.baseUrl().getPort();
    }

    private Path describe(String name, int port, ProcessIdentity launcher) throws IOException {
        Path root = directory.resolve(name);
        new StackDescription(
                        launcher.pid(),
                        launcher.startedAt(),
                        port,
                        "127.0.0.1:1",
                        "jdbc:postgresql://127.0.0.1:2/accepted",
                        "accepted",
                        "secret",
                        3,
                        "http://127.0.0.1:4",
                        1)
                .write(DataDirectory.of(root));
        return root;
    }
}
