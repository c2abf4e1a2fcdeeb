package dev.accepted.cli.terminal;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of aligned columns under one line of heads. Rows may come page by page: a column that has to grow does so from
 * then on.
 */
public final class Columns {

    private static final String GAP = "  ";

    private final List<String> heads;
    private final int[] widths;
    private boolean begun;

    /** @param heads of the columns; one that begins with a blank stands above figures, which are set to the right */
    public Columns(String... heads) {
        this.heads = List.of(heads);
        this.widths = new int[heads.length];
    }

    /** Prints rows; each has as many cells as there are heads. */
    public void print(PrintWriter out, List<List<String>> rows) {
        List<List<String>> lines = new ArrayList<>();
        if (!begun) {
            lines.add(heads.stream().map(String::strip).toList());
            begun = true;
        }
        rows.forEach(row -> lines.add(row.stream().map(Plain::text).toList()));
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        lines.forEach(line -> out.println(aligned(line)));
        out.flush();
    }

    private String aligned(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            line.append(i == 0 ? "" : GAP);
            line.append(isFigures(i) ? padding + cells.get(i) : cells.get(i) + padding);
        }
        return line.toString().stripTrailing();
    }

    private boolean isFigures(int column) {
        return heads.get(column).startsWith(" ");
    }
}
