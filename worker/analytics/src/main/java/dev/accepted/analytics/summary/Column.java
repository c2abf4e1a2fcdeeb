package dev.accepted.analytics.summary;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.hipparchus.stat.StatUtils;

/**
 * The figures of one column.
 *
 * @param std of a sample (divided by count - 1); empty if there is one row only
 * @param q1 a quarter of the rows is at or below it; between two rows, interpolated linearly, like the other quartiles
 */
public record Column(
        int count, double mean, OptionalDouble std, double min, double q1, double median, double q3, double max) {

    /** @param values sorted afterwards; at least one */
    static Column of(double[] values) {
        double mean = StatUtils.mean(values);
        OptionalDouble std = values.length < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.sqrt(StatUtils.variance(values, mean)));
        Arrays.sort(values);
        return new Column(
                values.length,
                mean,
                std,
                values[0],
                quantile(values, 0.25),
                quantile(values, 0.5),
                quantile(values, 0.75),
                values[values.length - 1]);
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
