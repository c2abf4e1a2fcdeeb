package dev.accepted.contract.callback;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom to tell of a job, and of what: a fact of the job.
 *
 * @param url as its client sent it
 * @param events what it asks for, in the order in which they can happen; every end if it says nothing
 */
public record Callback(String url, Set<CallbackEvent> events) {

    public Callback {
        events = Collections.unmodifiableSet(orEnds(events));
    }

    private static Set<CallbackEvent> orEnds(@Nullable Set<CallbackEvent> events) {
        return events == null || events.isEmpty() ? CallbackEvent.ends() : EnumSet.copyOf(events);
    }

    /** Without the address: it may carry what only its receiver is to know. */
    @Override
    public String toString() {
        return "Callback" + events;
    }
}
