package dev.accepted.cli.terminal;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * What a command reads from and writes to.
 *
 * @param in standard input
 * @param out standard output, for bytes; what is text goes through the command line's own writer
 * @param messages standard error
 * @param seen whether standard output is shown on a terminal
 */
public record Terminal(InputStream in, PrintStream out, PrintStream messages, boolean seen) {

    /** That of this process. */
    public static Terminal standard() {
        return new Terminal(System.in, System.out, System.err, ProgressBoard.onTerminal());
    }
}
