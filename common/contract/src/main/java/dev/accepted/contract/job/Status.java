package dev.accepted.contract.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The words a client sees. */
public enum Status {
    QUEUED(false),
    PROCESSING(false),
    CANCELLING(false),
    SUCCEEDED(true),
    FAILED(true),
    CANCELLED(true),
    REJECTED(true),
    EXPIRED(true);

    private final boolean done;

    Status(boolean done) {
        this.done = done;
    }

    public boolean done() {
        return done;
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Status> ofWord(String word) {
        return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
    }
}
