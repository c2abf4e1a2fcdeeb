package dev.accepted.gateway.estimates;

import java.util.OptionalLong;

/** How the end of one partition moved: its last {@value #REMEMBERED} places with the time each was first seen. */
final class Ends {

    private static final int REMEMBERED = 64;

    private final long[] times = new long[REMEMBERED];
    private final long[] places = new long[REMEMBERED];
    private int count;

    void moved(long end, long atMicros) {
        if (count == 0 || end > last()) {
            times[count % REMEMBERED] = atMicros;
            places[count % REMEMBERED] = end;
            count = count + 1 == 2 * REMEMBERED ? REMEMBERED : count + 1;
        }
    }

    /** The furthest place seen. */
    long last() {
        return places[(count - 1) % REMEMBERED];
    }

    /** Where the end was at a time; empty if that is longer ago than is remembered. */
    OptionalLong at(long micros) {
        for (int i = count - 1; i >= Math.max(0, count - REMEMBERED); i--) {
            if (times[i % REMEMBERED] <= micros) {
                return OptionalLong.of(places[i % REMEMBERED]);
            }
        }
        return OptionalLong.empty();
    }
}
