package dev.accepted.cli.process;

import java.time.Duration;

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

    /** How long it may take to end once it was asked, before it is killed. */
    public Duration patience() {
        return patience;
    }
}
