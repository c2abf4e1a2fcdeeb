package dev.accepted.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How the items of an answer are listed.
 *
 * @param none what is said where there is no item
 * @param row an item's cells, under the columns' heads
 */
public record Listing(String none, Columns columns, Function<JsonNode, List<String>> row) {

    /**
     * Prints them.
     *
     * @param json whether the answer is printed as it is instead
     */
    public void print(JsonNode answer, boolean json, PrintWriter out, PrintWriter messages) {
        if (json) {
            out.println(Json.pretty(answer));
        } else if (answer.path("items").isEmpty()) {
            messages.println(none);
        } else {
            List<List<String>> rows = new ArrayList<>();
            answer.path("items").forEach(item -> rows.add(row.apply(item)));
            columns.print(out, rows);
        }
    }
}
