package dev.accepted.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class AcceptedTest {

    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dance",
                "up --port 70000",
                "up --port eight",
                "up --gateways 0",
                "up --brokers 2",
                "up --workers reports=x",
                "up --workers nobody=1",
                "up --no-such-option",
                "worker",
                "worker nobody",
                "demo --keeep"
            })
    void whatIsNotUnderstoodEndsWith2AndOneLine(String line) {
        assertEquals(2, run(line));
        assertEquals("", out.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains("--help"), err.toString());
    }

    @Test
    void helpAndVersionGoToStandardOutput() {
        assertEquals(0, run("--help"));
        for (String command : new String[] {"up", "worker", "token", "demo"}) {
            assertTrue(out.toString().contains("  " + command + " "), out.toString());
        }
        assertEquals(0, run("--version"));
        assertTrue(out.toString().matches("(?s).*accepted \\d+\\.\\d+\\S*\\s+"), out.toString());
        assertEquals(0, run("up --help"));
        assertEquals("", err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "worker probe"})
    void withoutAStackTheWayToOneIsTold(String line) {
        assertEquals(1, run(line));
        assertTrue(err.toString().contains("accepted up"), err.toString());
    }

    @Test
    void whatIsNotBuiltIsSaidBeforeAnythingStarts() {
        assertEquals(1, run("up --port 0 --workers none --data " + home.resolve("data")));
        assertTrue(err.toString().contains("gateway is not built"), err.toString());
    }

    private int run(String line) {
        PrintStream messages = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        CommandLine command = Accepted.commandLine(
                        new Checkout(home),
                        Map.of(),
                        new Terminal(InputStream.nullInputStream(), messages, messages, false))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return command.execute(line.isEmpty() ? new String[0] : line.split(" "));
    }
}
