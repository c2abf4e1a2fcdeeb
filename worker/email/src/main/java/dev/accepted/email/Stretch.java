package dev.accepted.email;

/**
 * How many lines lie between two checkpoints: 100, or what a slow rate sends in five seconds, since a worker's death
 * sends the mails of one stretch again.
 */
record Stretch(int lines) {

    private static final int LONGEST = 100;
    private static final int SECONDS = 5;

    static Stretch at(double ratePerSecond) {
        boolean unbounded = ratePerSecond == 0;
        return new Stretch(unbounded ? LONGEST : (int) Math.max(1, Math.min(LONGEST, ratePerSecond * SECONDS)));
    }
}
