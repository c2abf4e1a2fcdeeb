package dev.accepted.analytics.clustering;

import dev.accepted.analytics.dataset.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a data set in blocks of near ones, made by halving them again and again where they are widest.
 *
 * <p>Blocks whose boxes are too far apart need not be compared at all; two that are compared row by row stay in the
 * processor's cache meanwhile, however large the data set is.
 */
final class Blocks {

    private static final int MOST_ROWS = 32;

    private final Dataset data;
    private final int[] order;
    private final List<Box> boxes = new ArrayList<>();

    /** The rows from one place of {@code order} up to another, and the least and greatest number of each column. */
    private record Box(int from, int to, double[] low, double[] high) {

        int widest() {
            int widest = 0;
            for (int column = 1; column < low.length; column++) {
                if (high[column] - low[column] > high[widest] - low[widest]) {
                    widest = column;
                }
            }
            return widest;
        }

        /** The square of how far apart a row of this and one of the other box are at least. */
        double squaredGap(Box other) {
            double sum = 0;
            for (int column = 0; column < low.length; column++) {
                double gap = Math.max(low[column] - other.high[column], other.low[column] - high[column]);
                sum += gap > 0 ? gap * gap : 0;
            }
            return sum;
        }
    }

    /** Takes two rows. */
    interface Pair {
        void meet(int row, int other);
    }

    Blocks(Dataset data) {
        this.data = data;
        this.order = new int[data.rows()];
        Arrays.setAll(order, row -> row);
        split(0, order.length);
    }

    int count() {
        return boxes.size();
    }

    /**
     * Finds the pairs of rows that are within a distance, of which one row is in this block and the other in it or a
     * later one. So all blocks together give each pair once.
     *
     * @return how many pairs were measured
     */
    long pairsFrom(int block, double squaredDistance, Pair pair) {
        // The gap is summed in another order than a distance; it must not be the larger by rounding.
        double tooFar = squaredDistance * (1 + 1e-9);
        Box box = boxes.get(block);
        long measured = 0;
        for (int other = block; other < boxes.size(); other++) {
            if (box.squaredGap(boxes.get(other)) <= tooFar) {
                measured += compare(box, boxes.get(other), squaredDistance, pair);
            }
        }
        return measured;
    }

    private long compare(Box box, Box other, double squaredDistance, Pair pair) {
        for (int i = box.from; i < box.to; i++) {
            for (int j = Math.max(other.from, i + 1); j < other.to; j++) {
                if (data.isWithin(squaredDistance, order[i], order[j])) {
                    pair.meet(order[i], order[j]);
                }
            }
        }
        return (long) (box.to - box.from) * (other.to - other.from);
    }

    private void split(int from, int to) {
        Box box = box(from, to);
        if (to - from <= MOST_ROWS) {
            boxes.add(box);
            return;
        }
        int middle = (from + to) >>> 1;
        select(from, to - 1, middle, box.widest());
        split(from, middle);
        split(middle, to);
    }

    private Box box(int from, int to) {
        double[] low = data.row(order[from]);
        double[] high = low.clone();
        for (int place = from + 1; place < to; place++) {
            for (int column = 0; column < low.length; column++) {
                double value = value(order[place], column);
                low[column] = Math.min(low[column], value);
                high[column] = Math.max(high[column], value);
            }
        }
        return new Box(from, to, low, high);
    }

    /** Hoare's selection: afterwards what is before the place is not above what is there, and what is after not below. */
    private void select(int first, int last, int place, int column) {
        int low = first;
        int high = last;
        while (low < high) {
            double pivot = value(order[(low + high) >>> 1], column);
            int i = low;
            int j = high;
            while (i <= j) {
                while (value(order[i], column) < pivot) {
                    i++;
                }
                while (value(order[j], column) > pivot) {
                    j--;
                }
                if (i <= j) {
                    swap(i++, j--);
                }
            }
            // What lies between j and i equals the pivot, and is where it belongs.
            if (place > j && place < i) {
                return;
            }
            low = place >= i ? i : low;
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
}
