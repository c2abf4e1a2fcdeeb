package dev.accepted.analytics.clustering;

import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Dataset;
import java.util.Arrays;

/**
 * The rows of a data set, found by where they lie, and taken out one by one.
 *
 * <p>A subtree is a range of {@code order}. The row in its middle splits the others: those before it are not above it in
 * the subtree's dimension, those after it not below. What is kept of a subtree stands at its middle, so the tree is
 * nothing but arrays.
 */
final class KdTree {

    /** Where so few rows are left, looking at each is cheaper than going down. */
    private static final int LEAF = 16;

    private final Dataset data;
    private final Course course;
    private final int[] order;
    private final int[] placeOf;
    private final int[] dimension;
    private final int[] present;
    private final boolean[] removed;

    KdTree(Dataset data, Course course) {
        this.data = data;
        this.course = course;
        this.order = new int[data.rows()];
        this.placeOf = new int[data.rows()];
        this.dimension = new int[data.rows()];
        this.present = new int[data.rows()];
        this.removed = new boolean[data.rows()];
        Arrays.setAll(order, row -> row);
        split(0, order.length);
        for (int place = 0; place < order.length; place++) {
            placeOf[order[place]] = place;
        }
    }

    /** Takes a row out: searches neither find it nor lose time with it any more. */
    void remove(int row) {
        int place = placeOf[row];
        int from = 0;
        int to = order.length;
        while (true) {
            int middle = middle(from, to);
            present[middle]--;
            if (place == middle || isLeaf(from, to)) {
                removed[place] = true;
                return;
            }
            if (place < middle) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
    }

    /**
     * Finds the rows within a distance of a row, itself included.
     *
     * @param found takes them; the search ends when it is full
     * @return how many there are in it
     */
    int within(double distance, int row, int[] found) {
        return new Search(row, distance, found).run();
    }

    private static int middle(int from, int to) {
        return (from + to) >>> 1;
    }

    private static boolean isLeaf(int from, int to) {
        return to - from <= LEAF;
    }

    private void split(int from, int to) {
        if (from == to) {
            return;
        }
        int middle = middle(from, to);
        present[middle] = to - from;
        if (!isLeaf(from, to)) {
            dimension[middle] = widest(from, to);
            select(from, to - 1, middle, dimension[middle]);
            split(from, middle);
            split(middle + 1, to);
        }
    }

    private int widest(int from, int to) {
        int widest = 0;
        double most = -1;
        for (int candidate = 0; candidate < data.width(); candidate++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int place = from; place < to; place++) {
                double value = value(order[place], candidate);
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            if (high - low > most) {
                most = high - low;
                widest = candidate;
            }
        }
        return widest;
    }

    /** Hoare's selection: afterwards what is before the place is not above it, and what is after it not below. */
    private void select(int first, int last, int place, int by) {
        int low = first;
        int high = last;
        while (low < high) {
            double pivot = value(order[middle(low, high)], by);
            int i = low;
            int j = high;
            while (i <= j) {
                while (value(order[i], by) < pivot) {
                    i++;
                }
                while (value(order[j], by) > pivot) {
                    j--;
                }
                if (i <= j) {
                    swap(i++, j--);
                }
            }
            low = place >= i ? i : place > j ? high : low;
            high = place <= j ? j : high;
        }
    }

    private void swap(int i, int j) {
        int row = order[i];
        order[i] = order[j];
        order[j] = row;
    }

    private double value(int row, int column) {
        return data.values()[row * data.width() + column];
    }

    /** One search. */
    private final class Search {

        private final int row;
        private final double squaredDistance;
        private final int[] found;
        private int count;
        private long met;

        Search(int row, double distance, int[] found) {
            this.row = row;
            this.squaredDistance = distance * distance;
            this.found = found;
        }

        int run() {
            go(0, order.length);
            course.spend((met + 1) * data.distanceCost());
            return count;
        }

        private void go(int from, int to) {
            int middle = middle(from, to);
            if (from == to || present[middle] == 0 || count == found.length) {
                return;
            }
            if (isLeaf(from, to)) {
                for (int place = from; place < to; place++) {
                    meet(place);
                }
                return;
            }
            double above = value(row, dimension[middle]) - value(order[middle], dimension[middle]);
            // By the square, as rows are measured: what rounding lets in there must not be cut off here.
            boolean reachesOver = above * above <= squaredDistance;
            if (above <= 0 || reachesOver) {
                go(from, middle);
            }
            meet(middle);
            if (above >= 0 || reachesOver) {
                go(middle + 1, to);
            }
        }

        private void meet(int place) {
            met++;
            boolean near = !removed[place] && data.squaredDistance(row, order[place]) <= squaredDistance;
            if (near && count < found.length) {
                found[count++] = order[place];
            }
        }
    }
}
