package dev.accepted.analytics.dataset;

import java.util.Arrays;
import java.util.List;

/** Rows of numbers, all of one width, in one array. Not to be written to. */
public final class Dataset {

    /** Columns after which it is worth a look whether two rows are too far apart already. */
    private static final int EARLY = 16;

    private final double[] values;
    private final int rows;
    private final int width;
    private final List<String> names;

    /**
     * @param values row after row, kept as it is
     * @param names of the columns, in their order; empty if they have none
     */
    public Dataset(double[] values, int rows, int width, List<String> names) {
        if (width < 1 || rows < 1 || values.length != Math.multiplyExact(rows, width)) {
            throw new IllegalArgumentException(rows + " rows of " + width + " are not " + values.length + " numbers");
        }
        this.values = values;
        this.rows = rows;
        this.width = width;
        this.names = List.copyOf(names);
    }

    public int rows() {
        return rows;
    }

    public int width() {
        return width;
    }

    /** Names of the columns, in their order; empty if they have none. */
    public List<String> names() {
        return names;
    }

    /** The array itself, row after row: the number at (row, column) is at {@code row * width + column}. */
    public double[] values() {
        return values;
    }

    /** A copy of one row. */
    public double[] row(int row) {
        return Arrays.copyOfRange(values, row * width, (row + 1) * width);
    }

    /** What it costs to measure one distance, in multiplications; some time goes by however narrow the rows are. */
    public long distanceCost() {
        return width + 4L;
    }

    /** The square of the Euclidean distance of two rows. */
    public double squaredDistance(int row, int other) {
        return squaredDistance(values, row * width, values, other * width, width);
    }

    /** Whether the square of the distance of two rows is at most that. Ends early where they are far apart. */
    public boolean isWithin(double squaredDistance, int row, int other) {
        double sum = 0;
        for (int c = 0; c < width && sum <= squaredDistance; c += EARLY) {
            sum += squaredDistance(values, row * width + c, values, other * width + c, Math.min(EARLY, width - c));
        }
        return sum <= squaredDistance;
    }

    /** The square of the Euclidean distance of two points that begin at {@code i} in one array and {@code j} in another. */
    public static double squaredDistance(double[] a, int i, double[] b, int j, int width) {
        // Four sums that do not wait for each other: on wide rows half again as fast as one.
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int c = 0;
        for (; c + 3 < width; c += 4) {
            first += squaredDifference(a[i + c], b[j + c]);
            second += squaredDifference(a[i + c + 1], b[j + c + 1]);
            third += squaredDifference(a[i + c + 2], b[j + c + 2]);
            fourth += squaredDifference(a[i + c + 3], b[j + c + 3]);
        }
        for (; c < width; c++) {
            first += squaredDifference(a[i + c], b[j + c]);
        }
        return first + second + (third + fourth);
    }

    private static double squaredDifference(double a, double b) {
        return (a - b) * (a - b);
    }
}
