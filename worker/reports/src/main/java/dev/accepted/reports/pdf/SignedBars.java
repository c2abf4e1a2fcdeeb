package dev.accepted.reports.pdf;

import dev.accepted.reports.pdf.Drawing.Anchor;
import dev.accepted.reports.pdf.Drawing.Label;
import dev.accepted.reports.pdf.Typeface.Weight;
import java.math.BigDecimal;
import java.util.List;

/** Bars that lie, one below the other: to the right what is gained, to the left what is lost. */
record SignedBars(List<Bar> bars, NumberStyle numbers) {

    private static final float ROW = 19;
    private static final float GAP = 4;
    /** The share of the width that names may take. */
    private static final float NAMES = 0.34f;

    private static final Label NAME = new Label(Weight.REGULAR, 8.5f, Palette.INK);
    private static final Label GAIN = new Label(Weight.REGULAR, 8, Palette.INK);
    private static final Label LOSS = new Label(Weight.REGULAR, 8, Palette.LOSS);

    /** One bar. */
    record Bar(String name, BigDecimal value) {
        boolean isLoss() {
            return value.signum() < 0;
        }
    }

    float height() {
        return ROW * bars.size() + 4;
    }

    void drawOn(Drawing drawing) {
        float names = (float) bars.stream()
                .mapToDouble(bar -> drawing.width(bar.name(), NAME))
                .reduce(0, Math::max);
        names = Math.min(names, drawing.width() * NAMES);
        Axis axis = axis(drawing, names);
        float y = drawing.height() - ROW;
        for (Bar bar : bars) {
            String name = drawing.type().shortened(bar.name(), NAME.weight(), NAME.size(), names);
            drawing.text(name, Anchor.LEFT, 0, y + 6, NAME);
            bar(drawing, axis, bar, y);
            y -= ROW;
        }
        drawing.line(axis.x(0), 0, axis.x(0), drawing.height(), Palette.MUTED);
    }

    private void bar(Drawing drawing, Axis axis, Bar bar, float y) {
        float end = axis.x(bar.value().doubleValue());
        drawing.area(axis.x(0), y + 3, end, y + ROW - 3, bar.isLoss() ? Palette.LOSS : Palette.GAIN);
        String value = numbers.rounded(bar.value());
        if (bar.isLoss()) {
            drawing.text(value, Anchor.RIGHT, end - GAP, y + 6, LOSS);
        } else {
            drawing.text(value, Anchor.LEFT, end + GAP, y + 6, GAIN);
        }
    }

    /** A bar's figure stands beyond its end, so either side that has bars keeps room for one. */
    private Axis axis(Drawing drawing, float names) {
        float left = names + 2 * GAP;
        float right = drawing.width();
        double low = 0;
        double high = 0;
        float lossRoom = 0;
        float gainRoom = 0;
        for (Bar bar : bars) {
            double value = bar.value().doubleValue();
            low = Math.min(low, value);
            high = Math.max(high, value);
            float room = GAP + drawing.width(numbers.rounded(bar.value()), GAIN);
            lossRoom = bar.isLoss() ? Math.max(lossRoom, room) : lossRoom;
            gainRoom = bar.isLoss() ? gainRoom : Math.max(gainRoom, room);
        }
        return new Axis(left + lossRoom, right - gainRoom, low, low == high ? 1 : high);
    }

    /** From values to points. */
    private record Axis(float left, float right, double low, double high) {
        float x(double value) {
            return (float) (left + (value - low) / (high - low) * (right - left));
        }
    }
}
