package dev.accepted.cli.terminal;

/** A bar of text. */
final class ProgressBar {

    private static final int CELLS = 30;

    private ProgressBar() {}

    /** {@code [=========>                    ]  33 %}, always equally long. */
    static String render(int percent) {
        int bounded = Math.max(0, Math.min(100, percent));
        int full = bounded * CELLS / 100;
        String head = full == 0 || full == CELLS ? "" : ">";
        String body = "=".repeat(full - head.length()) + head;
        return String.format("[%-" + CELLS + "s] %3d %%", body, bounded);
    }
}
