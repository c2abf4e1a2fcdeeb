package dev.accepted.gateway.placement;

/**
 * How a topic's partitions are divided.
 *
 * @param reserve partitions that take no backlog: the first ones
 * @param width the part of the others that is one tenant's shard, above 0 and up to 1
 */
record Terms(int reserve, double width) {

    /** Of fewer partitions than this none is kept free: each is too large a part of the whole. */
    private static final int FEWEST_FOR_ONE = 3;

    Terms {
        if (reserve < 0) {
            throw new IllegalArgumentException("accepted.fairness.reserve is " + reserve
                    + ": it is the number of a queue's partitions that take no backlog, 0 or more");
        }
        if (!(width > 0 && width <= 1)) {
            throw new IllegalArgumentException(
                    "accepted.fairness.width is " + width
                            + ": it is the part of a queue's partitions that one tenant's backlog may fill, above 0 and up to 1");
        }
    }

    /** Partitions of a topic that take no backlog: never more than a third. */
    int reserveOf(int partitions) {
        return Math.min(reserve, partitions / FEWEST_FOR_ONE);
    }

    /** Partitions of a topic in which one of several tenants' backlog may lie; at least one. */
    int widthOf(int partitions) {
        return Math.max(1, (int) Math.round(width * (partitions - reserveOf(partitions))));
    }
}
