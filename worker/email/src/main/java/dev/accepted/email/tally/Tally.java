package dev.accepted.email.tally;

import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Counts settled lines, over all attempts. Safe to use from any thread. */
public final class Tally {

    private final Instant startedAt;
    private final FailureLedger failures;
    private final NavigableSet<Integer> ahead;
    private int next;
    private long sent;
    private long failed;
    private long skipped;

    /** Goes on from a checkpoint. */
    public Tally(Checkpoint from) {
        startedAt = Instant.ofEpochMilli(from.startedAtMillis());
        failures = FailureLedger.unpack(from.reasons(), from.failures());
        ahead = new TreeSet<>(from.ahead());
        next = from.next();
        sent = from.sent();
        failed = from.failed();
        skipped = from.skipped();
    }

    public synchronized boolean isSettled(int line) {
        return line < next || ahead.contains(line);
    }

    public synchronized void sent(int line) {
        sent++;
        settle(line);
    }

    /** The line gets no mail; the reason should be equal for equal causes, for not many are told apart. */
    public synchronized void failed(int line, String reason) {
        failed++;
        failures.add(line, reason);
        settle(line);
    }

    /** The line repeats an earlier one. */
    public synchronized void skipped(int line) {
        skipped++;
        settle(line);
    }

    public synchronized Checkpoint checkpoint() {
        return new Checkpoint(
                next,
                ahead.stream().toList(),
                sent,
                failed,
                skipped,
                startedAt.toEpochMilli(),
                failures.reasons(),
                failures.pack());
    }

    /** Why a line failed, if it did. */
    public synchronized Optional<String> failureOf(int line) {
        return failures.reasonOf(line);
    }

    /** When the first attempt started. */
    public Instant startedAt() {
        return startedAt;
    }

    public synchronized long sent() {
        return sent;
    }

    public synchronized long failed() {
        return failed;
    }

    public synchronized long skipped() {
        return skipped;
    }

    public synchronized long settled() {
        return sent + failed + skipped;
    }

    private void settle(int line) {
        ahead.add(line);
        while (ahead.remove(next)) {
            next++;
        }
    }
}
