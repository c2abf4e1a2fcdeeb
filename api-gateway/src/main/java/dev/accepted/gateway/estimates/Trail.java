package dev.accepted.gateway.estimates;

/** A number over time: its latest values, each with when it was seen. */
final class Trail {

    private final long spacingMicros;
    private final long[] times;
    private final long[] values;
    private long added;

    /**
     * Makes an empty trail.
     *
     * @param length values that are kept
     * @param spacingMicros what comes sooner after the value before it is passed over
     */
    Trail(int length, long spacingMicros) {
        this.spacingMicros = spacingMicros;
        this.times = new long[length];
        this.values = new long[length];
    }

    void add(long value, long atMicros) {
        if (added == 0 || atMicros - times[slot(added - 1)] >= spacingMicros) {
            times[slot(added)] = atMicros;
            values[slot(added)] = value;
            added++;
        }
    }

    /** Whether it goes back to that time. */
    boolean covers(long micros) {
        return added > 0 && times[slot(oldest())] <= micros;
    }

    /** The value that was the latest at a time that is covered. */
    long at(long micros) {
        return values[slot(lastUntil(micros))];
    }

    /** The value at a time that is covered, on a straight line between the two that were seen around it. */
    long between(long micros) {
        long before = lastUntil(micros);
        if (before == added - 1) {
            return values[slot(before)];
        }
        double part = (double) (micros - times[slot(before)]) / (times[slot(before + 1)] - times[slot(before)]);
        return values[slot(before)] + (long) (part * (values[slot(before + 1)] - values[slot(before)]));
    }

    private long lastUntil(long micros) {
        long low = oldest();
        long high = added - 1;
        while (low < high) {
            long middle = (low + high + 1) / 2;
            if (times[slot(middle)] <= micros) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private long oldest() {
        return Math.max(0, added - times.length);
    }

    private int slot(long index) {
        return (int) (index % times.length);
    }
}
