package dev.accepted.store.replay;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a replay does with the jobs it chooses. */
public enum Mode {
    /** Has what failed or expired tried again, as the same job. */
    FAILED,
    /** Runs what has ended again, as a new job. */
    FORCE,
    /** Sends what is in no queue, under no lease and under no timer. */
    MISSING,
    /** Writes the rows of chosen jobs again, as the log says. */
    PROJECT;

    /** Whether what it chooses is not in the table, so that only the doing says how much that is. */
    public boolean isCountedLater() {
        return this == MISSING || this == PROJECT;
    }

    /** As the interface and the table say it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of that word. */
    public static Optional<Mode> ofWord(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
    }
}
