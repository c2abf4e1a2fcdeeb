package dev.accepted.gateway.watching;

import java.util.concurrent.CompletableFuture;

/** A partition that is read because somebody watches a job of it. Its users are counted under the tail's lock. */
final class Seat {

    private static final long NOWHERE = -1;

    private final CompletableFuture<Void> taken = new CompletableFuture<>();

    /** Where reading goes on. Only the tail's thread writes it, and before it hands out the records below it. */
    private volatile long next = NOWHERE;

    private int users;
    private long leftNanos;

    void enter() {
        users++;
    }

    void leave(long nowNanos) {
        users--;
        leftNanos = nowNanos;
    }

    boolean isEmptySince(long nanos, long nowNanos) {
        return users == 0 && nowNanos - leftNanos > nanos;
    }

    boolean isTaken() {
        return next != NOWHERE;
    }

    long next() {
        return next;
    }

    void goOnAt(long offset) {
        next = offset;
        taken.complete(null);
    }

    /** The place from which on every record is handed to whoever was known to the listener before this was called. */
    CompletableFuture<Long> place() {
        return taken.thenApply(ok -> next);
    }
}
