package dev.accepted.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {

    private final StringWriter out = new StringWriter();

    @Test
    void columnsAreAlignedAndGrowWithLaterPages() {
        Columns columns = new Columns("NAME", " N", "REMARK");
        PrintWriter writer = new PrintWriter(out);
        columns.print(writer, List.of(List.of("a", "1", ""), List.of("bb", "10", "x")));
        columns.print(writer, List.of(List.of("longer", "2", "y")));
        assertEquals("NAME   N  REMARK\na      1\nbb    10  x\nlonger   2  y\n", out.toString());
    }

    @Test
    void textOfOthersMovesNoCursor() {
        new Facts().add("detail", "a\u001b[2J\nb\u202e").add("none", "").print(new PrintWriter(out));
        assertEquals("detail  a [2J b \n", out.toString());
        assertEquals("abcd", Plain.text("abcd", 4));
        assertEquals("abc…", Plain.text("abcde", 4));
    }
}
