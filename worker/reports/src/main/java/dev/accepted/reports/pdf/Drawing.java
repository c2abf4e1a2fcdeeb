package dev.accepted.reports.pdf;

import com.lowagie.text.pdf.PdfContentByte;
import dev.accepted.reports.pdf.Typeface.Weight;
import java.awt.Color;

/** A picture of lines, areas and letters; its origin is its lower left corner, its unit the point. */
record Drawing(PdfContentByte canvas, Typeface type, float width, float height) {

    /** Where a text's anchor is. */
    enum Anchor {
        LEFT(0),
        CENTER(0.5f),
        RIGHT(1);

        private final float share;

        Anchor(float share) {
            this.share = share;
        }
    }

    /** A filled rectangle between two corners, in any order. */
    void area(float x1, float y1, float x2, float y2, Color color) {
        canvas.setColorFill(color);
        canvas.rectangle(Math.min(x1, x2), Math.min(y1, y2), Math.abs(x2 - x1), Math.abs(y2 - y1));
        canvas.fill();
    }

    void line(float x1, float y1, float x2, float y2, Color color) {
        canvas.setLineWidth(0.6f);
        canvas.setColorStroke(color);
        canvas.moveTo(x1, y1);
        canvas.lineTo(x2, y2);
        canvas.stroke();
    }

    /** How wide the text would be. */
    float width(String text, Label label) {
        return type.width(text, label.weight(), label.size());
    }

    void text(String text, Anchor anchor, float x, float baseline, Label label) {
        float left = x - anchor.share * width(text, label);
        canvas.beginText();
        canvas.setFontAndSize(type.base(label.weight()), label.size());
        canvas.setColorFill(label.color());
        canvas.setTextMatrix(left, baseline);
        canvas.showText(text);
        canvas.endText();
    }

    /** How letters look. */
    record Label(Weight weight, float size, Color color) {}
}
