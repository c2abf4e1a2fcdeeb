package dev.accepted.cli.terminal;

/**
 * How far something is.
 *
 * @param label what it is
 * @param status one word
 * @param percent 0 to 100
 * @param detail a few words more, or none
 */
public record Progress(String label, String status, int percent, String detail) {

    String line() {
        String text = String.format("%-10s %s  %s", label, ProgressBar.render(percent), status);
        return detail.isEmpty() ? text : text + ": " + detail;
    }

    /** What makes a new line worth printing where lines stay. */
    String milestone() {
        return status + " " + percent / 25;
    }
}
