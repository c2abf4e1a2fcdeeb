package dev.accepted.cli.terminal;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows how several things get on: on a terminal a few lines that are drawn over, elsewhere a new line when something
 * has changed. For one thread.
 */
public final class ProgressBoard {

    private final PrintWriter out;
    private final boolean terminal;
    private final Map<String, String> shown = new HashMap<>();
    private int drawn;

    /** @param terminal whether {@code out} understands escape sequences */
    public ProgressBoard(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Whether the launcher found standard output to be a terminal. */
    public static boolean onTerminal() {
        return Boolean.getBoolean("accepted.terminal");
    }

    /** Shows the present state of all; always the same things in the same order. */
    public void show(List<Progress> all) {
        if (terminal) {
            redraw(all);
        } else {
            all.forEach(this::append);
        }
        out.flush();
    }

    private void redraw(List<Progress> all) {
        if (drawn > 0) {
            out.print("\033[" + drawn + "A");
        }
        for (Progress progress : all) {
            out.print("\r\033[2K" + progress.line() + "\n");
        }
        drawn = all.size();
    }

    private void append(Progress progress) {
        if (!progress.milestone().equals(shown.put(progress.label(), progress.milestone()))) {
            out.print(progress.line() + "\n");
        }
    }
}
