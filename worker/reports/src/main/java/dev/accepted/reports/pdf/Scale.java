package dev.accepted.reports.pdf;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An axis that takes in zero and all its values, with some five steps of 1, 2, 2.5 or 5 times a power of ten.
 *
 * @param from its lower end, a multiple of the step
 * @param step the distance between two ticks
 * @param steps how many of them
 */
record Scale(double from, double step, int steps) {

    private static final int STEPS_AIMED_AT = 5;

    static Scale over(Collection<Double> values) {
        double low = values.stream().mapToDouble(v -> v).reduce(0, Math::min);
        double high = values.stream().mapToDouble(v -> v).reduce(0, Math::max);
        if (low == high) {
            return new Scale(0, 1, 1);
        }
        double step = roundStep((high - low) / STEPS_AIMED_AT);
        double from = Math.floor(low / step) * step;
        return new Scale(from, step, (int) Math.round((Math.ceil(high / step) * step - from) / step));
    }

    private static double roundStep(double raw) {
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        return List.of(1.0, 2.0, 2.5, 5.0).stream()
                        .filter(digit -> digit * power >= raw)
                        .findFirst()
                        .orElse(10.0)
                * power;
    }

    double to() {
        return from + step * steps;
    }

    /** The larger of its ends without their signs. */
    double largest() {
        return Math.max(Math.abs(from), Math.abs(to()));
    }

    List<Double> ticks() {
        return IntStream.rangeClosed(0, steps).mapToObj(i -> from + i * step).toList();
    }

    /** Where a value stands: 0 at the lower end, 1 at the upper. */
    float at(double value) {
        return (float) ((value - from) / (to() - from));
    }
}
