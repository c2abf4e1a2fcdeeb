package dev.accepted.analytics.summary;

import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Dataset;
import org.hipparchus.stat.correlation.StorelessCovariance;
import org.jspecify.annotations.Nullable;

/** Pearson's coefficients of all pairs of columns, in one pass over the rows. */
final class Correlation {

    private static final int ROWS_BETWEEN_REPORTS = 2000;

    private Correlation() {}

    static @Nullable Double[][] of(Dataset data, Course course) {
        StorelessCovariance covariance = new StorelessCovariance(data.width());
        for (int row = 0; row < data.rows(); row++) {
            if (row % ROWS_BETWEEN_REPORTS == 0) {
                course.reached(1.0 * row / data.rows(), "correlation, row " + row + " of " + data.rows());
            }
            covariance.increment(data.row(row));
        }
        return coefficients(covariance, data.width());
    }

    private static @Nullable Double[][] coefficients(StorelessCovariance covariance, int width) {
        @Nullable Double[][] coefficients = new Double[width][width];
        for (int i = 0; i < width; i++) {
            double deviation = Math.sqrt(covariance.getCovariance(i, i));
            for (int j = 0; j <= i; j++) {
                double product = deviation * Math.sqrt(covariance.getCovariance(j, j));
                // A constant column varies with nothing. Rounding may pass 1 by the last digit.
                coefficients[i][j] = product == 0
                        ? null
                        : Double.valueOf(Math.max(-1, Math.min(1, covariance.getCovariance(i, j) / product)));
                coefficients[j][i] = coefficients[i][j];
            }
        }
        return coefficients;
    }
}
