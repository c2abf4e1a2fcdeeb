package dev.accepted.analytics.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Data sets to test with. */
public final class Samples {

    private Samples() {}

    public static Dataset of(double[]... rows) {
        int width = rows[0].length;
        double[] values = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        return new Dataset(values, rows.length, width, List.of());
    }

    /** Rows around corners that are 100 apart: row i belongs to corner i % corners. */
    public static double[][] blobs(int corners, int rowsEach, int width, double spread, long seed) {
        Random random = new Random(seed);
        double[][] rows = new double[corners * rowsEach][width];
        for (int row = 0; row < rows.length; row++) {
            int corner = row % corners;
            for (int c = 0; c < width; c++) {
                rows[row][c] = 100 * (c == 0 ? corner : corner * c % 3) + spread * random.nextGaussian();
            }
        }
        return rows;
    }

    public static double[][] uniform(int rows, int width, long seed) {
        Random random = new Random(seed);
        double[][] values = new double[rows][width];
        for (double[] row : values) {
            Arrays.setAll(row, c -> random.nextDouble());
        }
        return values;
    }

    /** The same rows elsewhere. */
    public static double[][] moved(double[][] rows, double by) {
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(row).map(value -> value + by).toArray())
                .toArray(double[][]::new);
    }
}
