package dev.accepted.reports.pdf;

import com.lowagie.text.Font;
import com.lowagie.text.pdf.BaseFont;
import java.awt.Color;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;

/**
 * Liberation Sans, regular and bold, from the classpath. For one document: a font collects the glyphs that it must
 * embed.
 */
final class Typeface {

    /** How heavy the strokes are. */
    enum Weight {
        REGULAR,
        BOLD
    }

    private final BaseFont regular;
    private final BaseFont bold;

    private Typeface(BaseFont regular, BaseFont bold) {
        this.regular = regular;
        this.bold = bold;
    }

    static Typeface load() throws IOException {
        return new Typeface(embedded("LiberationSans-Regular.ttf"), embedded("LiberationSans-Bold.ttf"));
    }

    private static BaseFont embedded(String file) throws IOException {
        try (InputStream ttf = Typeface.class.getResourceAsStream("/liberation/" + file)) {
            if (ttf == null) {
                throw new FileNotFoundException("The jar with the fonts has no " + file);
            }
            BaseFont font =
                    BaseFont.createFont(file, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, false, ttf.readAllBytes(), null);
            font.setSecureRandom(new FixedPrefix());
            return font;
        }
    }

    Font font(Weight weight, float size, Color color) {
        return new Font(base(weight), size, Font.NORMAL, color);
    }

    BaseFont base(Weight weight) {
        return weight == Weight.BOLD ? bold : regular;
    }

    /** The text's width in points. */
    float width(String text, Weight weight, float size) {
        return base(weight).getWidthPoint(text, size);
    }

    /** The size, or as much less as it takes for the text to fit the width. */
    float fitting(String text, Weight weight, float size, float width) {
        float natural = width(text, weight, size);
        return natural <= width ? size : size * width / natural;
    }

    /** The text, cut with an ellipsis if it is wider than that. */
    String shortened(String text, Weight weight, float size, float width) {
        if (width(text, weight, size) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 1 && width(text.substring(0, end).strip() + "…", weight, size) > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end).strip() + "…";
    }

    /** The text with a question mark for each character that the font has no glyph for: better seen than lost. */
    String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isWhitespace(c) ? ' ' : c)
                .map(c -> regular.charExists(c) && bold.charExists(c) ? c : '?')
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    /** A subset's name begins with six random letters; these are not, so that equal reports are equal bytes. */
    private static final class FixedPrefix extends SecureRandom {
        @Override
        public double nextDouble() {
            return 0;
        }
    }
}
