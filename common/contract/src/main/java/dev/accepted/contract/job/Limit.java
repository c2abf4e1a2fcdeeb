package dev.accepted.contract.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** A limit on how many jobs run at once: of which tenant, in which queue, or of which type. */
public record Limit(Kind kind, String name) {

    private static final String BETWEEN = "/";

    /** Of what not so many may run at once. */
    public enum Kind {
        TENANT,
        QUEUE,
        TYPE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Reads {@link #word}. */
        public static Kind ofWord(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("No kind of limit: " + word));
        }
    }

    /** Kind and name in one text, for example {@code tenant/acme}. */
    public String text() {
        return kind.word() + BETWEEN + name;
    }

    /** Reads {@link #text}. */
    public static Limit ofText(String text) {
        int at = text.indexOf(BETWEEN);
        if (at < 0) {
            throw new IllegalArgumentException("No limit: " + text);
        }
        return new Limit(Kind.ofWord(text.substring(0, at)), text.substring(at + 1));
    }

    /** For people. */
    String sentence() {
        return "As many jobs of " + kind.word() + " " + name + " run as may at once.";
    }
}
