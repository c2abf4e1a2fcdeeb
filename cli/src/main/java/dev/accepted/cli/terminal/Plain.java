package dev.accepted.cli.terminal;

import java.util.regex.Pattern;

/** Text of others, fit to be shown: a job's message moves no cursor and turns no line around. */
public final class Plain {

    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\u202A-\\u202E\\u2066-\\u2069]");

    private Plain() {}

    /** Without control characters; a blank stands for each. */
    public static String text(String text) {
        return CONTROLS.matcher(text).replaceAll(" ");
    }

    /** The same, cut to {@code longest} characters. */
    public static String text(String text, int longest) {
        String plain = text(text);
        return plain.length() <= longest ? plain : plain.substring(0, longest - 1) + "…";
    }
}
