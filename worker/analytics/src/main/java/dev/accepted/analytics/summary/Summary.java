package dev.accepted.analytics.summary;

import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The figures of all columns.
 *
 * @param columns in their order
 * @param correlation Pearson's coefficients, column by column, null with a constant column; empty if there is one row
 *     only, or too many columns
 */
public record Summary(List<Column> columns, Optional<Double[][]> correlation) {

    /** So many columns have 40,000 coefficients; more would be larger than the data. */
    public static final int MOST_CORRELATED = 200;

    public static Summary of(Dataset data, Course course) {
        Course each = course.part(0, 0.5);
        List<Column> columns = new ArrayList<>();
        double[] values = new double[data.rows()];
        for (int column = 0; column < data.width(); column++) {
            each.reached(1.0 * column / data.width(), "column " + (column + 1) + " of " + data.width());
            for (int row = 0; row < values.length; row++) {
                values[row] = data.values()[row * data.width() + column];
            }
            columns.add(Column.of(values));
        }
        return new Summary(columns, correlation(data, course.part(0.5, 1)));
    }

    private static Optional<Double[][]> correlation(Dataset data, Course course) {
        return data.rows() < 2 || data.width() > MOST_CORRELATED
                ? Optional.empty()
                : Optional.of(Correlation.of(data, course));
    }
}
