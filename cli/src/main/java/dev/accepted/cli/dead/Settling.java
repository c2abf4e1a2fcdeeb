package dev.accepted.cli.dead;

import dev.accepted.cli.gateway.Gateway;
import dev.accepted.cli.gateway.Refused;
import dev.accepted.cli.terminal.ExitCode;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Does the same with each of several dead records, whatever becomes of the others.
 *
 * @param messages is told of each that is refused
 */
record Settling(Gateway gateway, PrintWriter messages) {

    /** What is done with one. */
    @FunctionalInterface
    interface Act {
        void with(Gateway gateway, long offset) throws InterruptedException;
    }

    /** The exit status: of the worst of it. */
    int each(List<Long> offsets, Act act) throws InterruptedException {
        ExitCode worst = ExitCode.DONE;
        for (long offset : new LinkedHashSet<>(offsets)) {
            try {
                act.with(gateway, offset);
            } catch (Refused e) {
                messages.println(offset + ": " + e.getMessage());
                worst = worst.or(e.exitCode());
            }
        }
        return worst.code();
    }
}
