package dev.accepted.reports.pdf;

import dev.accepted.reports.pdf.Drawing.Label;
import dev.accepted.reports.pdf.Typeface.Weight;

/** A title over a part of the report; it is a bookmark too. */
record Heading(String text) {

    static final Label LABEL = new Label(Weight.BOLD, 13, Palette.NAVY);
    /** The distance in points from its baseline to what follows it. */
    static final float BELOW = 9;
    /** The distance in points from the end of its part to the next heading. */
    static final float AFTER = 18;

    float height() {
        return LABEL.size() + BELOW;
    }
}
