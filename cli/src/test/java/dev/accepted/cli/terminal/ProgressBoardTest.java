package dev.accepted.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressBoardTest {

    private final StringWriter out = new StringWriter();

    @Test
    void aBarIsAlwaysEquallyLong() {
        assertEquals("[                              ]   0 %", ProgressBar.render(0));
        assertEquals("[==============>               ]  50 %", ProgressBar.render(50));
        assertEquals("[==============================] 100 %", ProgressBar.render(100));
        assertEquals(ProgressBar.render(100), ProgressBar.render(250));
        assertEquals(ProgressBar.render(0), ProgressBar.render(-3));
        for (int percent = 0; percent <= 100; percent++) {
            assertEquals(38, ProgressBar.render(percent).length());
        }
    }

    @Test
    void aTerminalSeesTheLinesDrawnOver() {
        ProgressBoard board = new ProgressBoard(new PrintWriter(out), true);
        board.show(List.of(at("a", 10), at("b", 0)));
        board.show(List.of(at("a", 11), at("b", 0)));
        assertEquals(
                "\r\033[2K" + at("a", 10).line() + "\n\r\033[2K" + at("b", 0).line() + "\n\033[2A\r\033[2K"
                        + at("a", 11).line() + "\n\r\033[2K" + at("b", 0).line() + "\n",
                out.toString());
    }

    @Test
    void elsewhereALineIsPrintedNowAndThen() {
        ProgressBoard board = new ProgressBoard(new PrintWriter(out), false);
        for (int percent = 0; percent <= 100; percent++) {
            board.show(List.of(at("a", percent)));
        }
        assertEquals(
                List.of(0, 25, 50, 75, 100).stream().map(p -> at("a", p).line()).toList(),
                out.toString().lines().toList());
    }

    private static Progress at(String label, int percent) {
        return new Progress(label, "processing", percent, "");
    }
}
