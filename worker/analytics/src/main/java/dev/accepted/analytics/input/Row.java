package dev.accepted.analytics.input;

import com.fasterxml.jackson.core.JsonParser;
import dev.accepted.engine.InputRejected;
import java.io.IOException;

/** How a row is written in the body, and so how it is read. */
sealed interface Row permits ArrayRow, ObjectRow {

    /** Beyond it a square of a difference, summed over all that fits into a body, is not finite any more. */
    double LARGEST = 1e150;

    /** Numbers that each row contributes. */
    int width();

    /**
     * Reads the row, at whose first token the parser stands, to its end, and puts its numbers there.
     *
     * @throws InputRejected it is not like row 0, or has something else than numbers
     */
    void read(JsonParser parser, int row, double[] values, int at) throws IOException;

    /** The number at which the parser stands; NaN if there is none, or none that can be worked with. */
    static double number(JsonParser parser) throws IOException {
        if (!parser.currentToken().isNumeric()) {
            return Double.NaN;
        }
        double number = parser.getDoubleValue();
        return Math.abs(number) <= LARGEST ? number : Double.NaN;
    }

    /** Says why {@link #number} had none to give. */
    static InputRejected noNumber(JsonParser parser, String pointer) {
        return new InputRejected(
                pointer,
                parser.currentToken().isNumeric()
                        ? "This number is beyond 1e150, the largest that can be worked with."
                        : "This must be a number.");
    }
}
