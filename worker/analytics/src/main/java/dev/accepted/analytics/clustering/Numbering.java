package dev.accepted.analytics.clustering;

import java.util.Arrays;

/** Numbers clusters by their first rows, so that the answer does not tell in which order they were found. */
final class Numbering {

    private final int[] newOf;
    private final int[] oldOf;
    private int clusters;

    private Numbering(int found) {
        newOf = new int[found];
        oldOf = new int[found];
        Arrays.fill(newOf, Partition.NOISE);
    }

    /**
     * Numbers the assignments anew, in place. Clusters without a row are left out.
     *
     * @param found how many numbers there are in it at most
     */
    static Numbering apply(int[] assignments, int found) {
        Numbering numbering = new Numbering(found);
        for (int row = 0; row < assignments.length; row++) {
            if (assignments[row] != Partition.NOISE) {
                assignments[row] = numbering.renumber(assignments[row]);
            }
        }
        return numbering;
    }

    /** How many clusters have a row. */
    int clusters() {
        return clusters;
    }

    /** The number that a cluster had before. */
    int old(int cluster) {
        return oldOf[cluster];
    }

    private int renumber(int old) {
        if (newOf[old] == Partition.NOISE) {
            oldOf[clusters] = old;
            newOf[old] = clusters++;
        }
        return newOf[old];
    }
}
