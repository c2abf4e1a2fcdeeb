package dev.accepted.reports.pdf;

import dev.accepted.reports.pdf.Drawing.Anchor;
import dev.accepted.reports.pdf.Drawing.Label;
import dev.accepted.reports.pdf.Typeface.Weight;
import java.awt.Color;
import java.math.BigDecimal;
import java.util.List;

/**
 * Upright bars side by side, a group for each category.
 *
 * @param categories the groups' names, at most a dozen
 * @param series as many values each as there are categories
 */
record GroupedBars(List<String> categories, List<Series> series, NumberStyle numbers) {

    private static final Label AXIS = new Label(Weight.REGULAR, 7.5f, Palette.MUTED);
    private static final Label LEGEND = new Label(Weight.REGULAR, 8, Palette.INK);
    private static final float LEGEND_HEIGHT = 22;
    private static final float CATEGORY_HEIGHT = 16;
    private static final float WIDEST_BAR = 26;

    /** One colour's values. */
    record Series(String name, Color color, List<BigDecimal> values) {}

    void drawOn(Drawing drawing) {
        Scale scale = Scale.over(series.stream()
                .flatMap(each -> each.values().stream())
                .map(BigDecimal::doubleValue)
                .toList());
        Plot plot = plot(drawing, scale);
        legend(drawing, plot);
        grid(drawing, plot);
        for (int i = 0; i < categories.size(); i++) {
            group(drawing, plot, i);
        }
        drawing.line(plot.left(), plot.y(0), plot.right(), plot.y(0), Palette.MUTED);
    }

    private Plot plot(Drawing drawing, Scale scale) {
        float labels = 0;
        for (double tick : scale.ticks()) {
            labels = Math.max(labels, drawing.width(numbers.onAxis(tick, scale.largest()), AXIS));
        }
        return new Plot(scale, labels + 8, drawing.width(), CATEGORY_HEIGHT, drawing.height() - LEGEND_HEIGHT);
    }

    private void legend(Drawing drawing, Plot plot) {
        float x = plot.left();
        float y = drawing.height() - 9;
        for (Series each : series) {
            drawing.area(x, y, x + 8, y + 8, each.color());
            drawing.text(each.name(), Anchor.LEFT, x + 12, y + 1, LEGEND);
            x += 12 + drawing.width(each.name(), LEGEND) + 18;
        }
    }

    private void grid(Drawing drawing, Plot plot) {
        for (double tick : plot.scale().ticks()) {
            float y = plot.y(tick);
            drawing.line(plot.left(), y, plot.right(), y, Palette.RULE);
            drawing.text(numbers.onAxis(tick, plot.scale().largest()), Anchor.RIGHT, plot.left() - 6, y - 2.6f, AXIS);
        }
    }

    private void group(Drawing drawing, Plot plot, int index) {
        float room = (plot.right() - plot.left()) / categories.size();
        float bar = Math.min(WIDEST_BAR, room * 0.72f / series.size());
        float middle = plot.left() + room * (index + 0.5f);
        float x = middle - bar * series.size() / 2;
        for (Series each : series) {
            double value = each.values().get(index).doubleValue();
            drawing.area(x + 0.5f, plot.y(0), x + bar - 0.5f, plot.y(value), each.color());
            x += bar;
        }
        drawing.text(categories.get(index), Anchor.CENTER, middle, 3, AXIS);
    }

    /** Where the bars stand. */
    private record Plot(Scale scale, float left, float right, float bottom, float top) {
        float y(double value) {
            return bottom + scale.at(value) * (top - bottom);
        }
    }
}
