package dev.accepted.cli.process;

import java.time.Duration;
import java.util.Locale;

/** What a process is in its stack, in the order in which a stack stops: who needs whom ends before whom. */
public enum Role {
    /** Finishes or hands back what it runs; ten seconds are its own rule. */
    WORKER(Duration.ofSeconds(12)),
    /** Answers what it has begun to answer. */
    GATEWAY(Duration.ofSeconds(10)),
    /** Has nothing to save. */
    MAIL(Duration.ofSeconds(3)),
    /** Closes its log segments. */
    KAFKA(Duration.ofSeconds(10)),
    /** Writes a checkpoint. */
    POSTGRES(Duration.ofSeconds(15));

    private final Duration patience;

    Role(Duration patience) {
        this.patience = patience;
    }

    /**
     * The role of the process of that name: {@code kafka-2} is a {@link #KAFKA}.
     *
     * @throws IllegalArgumentException when no stack names a process so
     */
    public static Role ofProcess(String name) {
        return valueOf(name.split("-", 2)[0].toUpperCase(Locale.ROOT));
    }

    /** How long it may take to end once it was asked, before it is killed. */
    public Duration patience() {
        return patience;
    }
}
