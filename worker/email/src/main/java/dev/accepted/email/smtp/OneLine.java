package dev.accepted.email.smtp;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a server said, fit for a log line and a table cell. */
final class OneLine {

    private static final int LONGEST = 160;
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}]+");

    private OneLine() {}

    static String of(@Nullable String text) {
        String line = SPACE.matcher(String.valueOf(text)).replaceAll(" ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
