package dev.accepted.gateway.estimates;

import java.util.OptionalLong;

/**
 * How the end of one partition moved, so that of two records in two partitions the older is known: the last moves to
 * the microsecond, five minutes to the half second, eight hours to the half minute.
 */
final class Ends {

    private final Trail moves = new Trail(64, 0);
    private final Trail minutes = new Trail(600, 500_000);
    private final Trail hours = new Trail(1_000, 30_000_000);
    private final long first;
    private long last;

    private Ends(long first) {
        this.first = first;
        this.last = first;
    }

    /** A partition of which nothing is known but a record that was written: nothing came before that. */
    static Ends beginningWith(long record) {
        Ends ends = new Ends(record);
        ends.moves.add(record, 0);
        return ends;
    }

    /** A partition that was there before anybody looked: when its records came is not known. */
    static Ends found(long start) {
        return new Ends(start);
    }

    /** A record is known to lie just before that end. */
    void moved(long end, long atMicros) {
        if (end > last) {
            last = end;
            moves.add(end, atMicros);
        }
    }

    /** The end was looked at. */
    void sampled(long end, long atMicros) {
        moved(end, atMicros);
        minutes.add(last, atMicros);
        hours.add(last, atMicros);
    }

    /** Where the partition began when it was first heard of. */
    long first() {
        return first;
    }

    /** The furthest end seen. */
    long last() {
        return last;
    }

    /** Where the end was at a time; empty if nobody looked so long ago. */
    OptionalLong at(long micros) {
        if (moves.covers(micros)) {
            return OptionalLong.of(moves.at(micros));
        }
        if (minutes.covers(micros)) {
            return OptionalLong.of(minutes.between(micros));
        }
        return hours.covers(micros) ? OptionalLong.of(hours.between(micros)) : OptionalLong.empty();
    }
}
