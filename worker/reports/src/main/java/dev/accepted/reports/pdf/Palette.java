package dev.accepted.reports.pdf;

import java.awt.Color;

/** The colours of a report: few and quiet, apart from each other in print without colour too. */
final class Palette {

    static final Color NAVY = new Color(0x1F2F46);
    static final Color INK = new Color(0x26303B);
    static final Color MUTED = new Color(0x66717E);
    static final Color RULE = new Color(0xD9DEE4);
    static final Color PANEL = new Color(0xF3F5F8);
    static final Color PALE = new Color(0xB9C4D2);
    static final Color WHITE = new Color(0xFFFFFF);
    static final Color REVENUE = new Color(0x2F5D8C);
    static final Color EXPENSE = new Color(0xD9A35B);
    static final Color GAIN = new Color(0x3E8172);
    static final Color LOSS = new Color(0xA93F38);

    private Palette() {}

    /** Ink for what is in the black, red for what is not. */
    static Color ofSign(int signum) {
        return signum < 0 ? LOSS : INK;
    }
}
