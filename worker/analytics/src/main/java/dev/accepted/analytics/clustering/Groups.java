package dev.accepted.analytics.clustering;

import java.util.Arrays;

/** Rows that hang together, joined pair by pair (union-find). A group is named by its first row. */
final class Groups {

    private final int[] parent;

    Groups(int rows) {
        parent = new int[rows];
        Arrays.setAll(parent, row -> row);
    }

    void join(int row, int other) {
        int one = of(row);
        int two = of(other);
        parent[Math.max(one, two)] = Math.min(one, two);
    }

    /** The group of a row. */
    int of(int row) {
        int at = row;
        while (parent[at] != at) {
            // Halving the way up keeps it short for those who go it next.
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }
}
