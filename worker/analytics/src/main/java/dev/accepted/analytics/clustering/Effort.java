package dev.accepted.analytics.clustering;

/**
 * The iterations a search may go: those asked for, but no more than some minutes of arithmetic. A limit of time would
 * give one request another result on another machine.
 */
record Effort(int requested, int allowed) {

    private static final long OPERATIONS = 150_000_000_000L;

    /** @param operationsEach multiplications of one iteration */
    static Effort of(int requested, long operationsEach) {
        long affordable = Math.max(1, OPERATIONS / Math.max(1, operationsEach));
        return new Effort(requested, (int) Math.min(requested, affordable));
    }

    /** How a search that went as far as allowed, or until it settled, has ended. */
    Partition.End end(boolean settled) {
        if (settled) {
            return Partition.End.SETTLED;
        }
        return allowed < requested ? Partition.End.EFFORT_SPENT : Partition.End.ITERATIONS_SPENT;
    }
}
