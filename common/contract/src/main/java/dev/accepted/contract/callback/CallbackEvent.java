package dev.accepted.contract.callback;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.accepted.contract.job.Status;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a callback can ask for: that the job has begun, and each way in which it can end. */
public enum CallbackEvent {
    STARTED,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    REJECTED,
    EXPIRED;

    /** The word for all ends together. */
    public static final String DONE = "done";

    /** As a callback names it. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As the message names it: {@code job.succeeded}. */
    public String type() {
        return "job." + word();
    }

    /** Every end there is. */
    public static Set<CallbackEvent> ends() {
        return EnumSet.complementOf(EnumSet.of(STARTED));
    }

    /** What a word asks for; empty for a word that is none. */
    public static Set<CallbackEvent> asked(String word) {
        if (word.equals(DONE)) {
            return ends();
        }
        Set<CallbackEvent> found = EnumSet.noneOf(CallbackEvent.class);
        Arrays.stream(values()).filter(event -> event.word().equals(word)).forEach(found::add);
        return found;
    }

    /** The event of a status that a job has come to; empty for one that is no end. */
    public static Optional<CallbackEvent> ofEnd(Status status) {
        return ends().stream()
                .filter(event -> event.word().equals(status.word()))
                .findFirst();
    }
}
