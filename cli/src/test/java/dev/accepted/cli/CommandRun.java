package dev.accepted.cli;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/**
 * A command that has run to its end within this JVM.
 *
 * @param bytes what it wrote to standard output
 */
public record CommandRun(int status, byte[] bytes, String err) {

    /** Standard output as text. */
    public String out() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** What surrounds a command. */
    public static final class Setting {

        private final Path home;
        private final Map<String, String> environment = new TreeMap<>();
        private byte[] in = {};
        private boolean terminal;

        /** @param home of a checkout without any stack */
        public Setting(Path home) {
            this.home = home;
        }

        public Setting variable(String name, String value) {
            environment.put(name, value);
            return this;
        }

        public Setting standardInput(String text) {
            in = text.getBytes(StandardCharsets.UTF_8);
            return this;
        }

        public Setting onTerminal() {
            terminal = true;
            return this;
        }

        /** Runs it. */
        public CommandRun run(String... words) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
            PrintStream messages = new PrintStream(err, true, StandardCharsets.UTF_8);
            Terminal told = new Terminal(new ByteArrayInputStream(in), outStream, messages, terminal);
            CommandLine command = Accepted.commandLine(new Checkout(home), environment, told)
                    .setOut(new PrintWriter(outStream, true, StandardCharsets.UTF_8))
                    .setErr(new PrintWriter(messages, true, StandardCharsets.UTF_8));
            int status = command.execute(words);
            return new CommandRun(status, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
        }
    }
}
