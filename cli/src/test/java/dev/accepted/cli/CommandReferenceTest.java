package dev.accepted.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.terminal.ExitCode;
import dev.accepted.cli.terminal.Terminal;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** {@code docs/cli.md} against the commands; {@code -Dreference=write} writes what is to be in it. */
class CommandReferenceTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "cli.md");
    private static final String BELOW = "<!-- Below: what `accepted help COMMAND` prints; a test compares. -->\n";

    private static CommandLine commands() {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        Terminal terminal = new Terminal(InputStream.nullInputStream(), nowhere, nowhere, false);
        return Accepted.commandLine(new Checkout(Path.of("")), Map.of(), terminal);
    }

    @Test
    void everyCommandIsDescribedAsItsHelpDescribesIt() throws Exception {
        StringBuilder expected = new StringBuilder();
        commands().getSubcommands().forEach((name, command) -> describe(name, command, expected));
        String document = Files.readString(DOCUMENT);
        int at = document.indexOf(BELOW) + BELOW.length();
        assertTrue(at >= BELOW.length(), "the line is there: " + BELOW);
        if ("write".equals(System.getProperty("reference"))) {
            Files.writeString(DOCUMENT, document.substring(0, at) + expected);
        } else {
            assertEquals(
                    expected.toString(), document.substring(at), "-Dreference=write with this test writes docs/cli.md");
        }
    }

    @Test
    void everyExitCodeIsInTheDocumentAndInAClientsHelp() throws Exception {
        String document = Files.readString(DOCUMENT);
        String help = Objects.requireNonNull(commands().getSubcommands().get("submit"))
                .getUsageMessage(Ansi.OFF);
        for (ExitCode code : ExitCode.values()) {
            assertTrue(document.contains("| " + code.code() + " | "), "exit code " + code);
            assertTrue(help.contains("\n  " + code.code() + " "), help);
        }
    }

    private static void describe(String name, CommandLine command, StringBuilder document) {
        if (name.equals("help")) {
            return;
        }
        document.append("\n## accepted ").append(name).append("\n\n```\n");
        document.append(command.getUsageMessage(Ansi.OFF).stripTrailing()).append("\n```\n");
        command.getSubcommands().forEach((below, each) -> describe(name + " " + below, each, document));
    }
}
