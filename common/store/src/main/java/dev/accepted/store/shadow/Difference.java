package dev.accepted.store.shadow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row that is not what the log says.
 *
 * @param part the table: {@code job} or {@code timer}
 * @param table the live row by its columns; null if there is none
 * @param log the row as the log makes it; null if it makes none
 */
public record Difference(
        UUID job,
        String part,
        @Nullable JsonNode table,
        @Nullable JsonNode log) {

    /** A column that has two values; JSON's null where it has none. */
    public record Cell(String column, JsonNode table, JsonNode log) {}

    /** The columns that differ; all, if one of the rows is not there. */
    public List<Cell> cells() {
        Set<String> names = new TreeSet<>();
        if (table != null) {
            table.fieldNames().forEachRemaining(names::add);
        }
        if (log != null) {
            log.fieldNames().forEachRemaining(names::add);
        }
        List<Cell> cells = new ArrayList<>();
        for (String name : names) {
            Cell cell = new Cell(name, value(table, name), value(log, name));
            if (!cell.table.equals(cell.log)) {
                cells.add(cell);
            }
        }
        return cells;
    }

    /** Whether the same is wrong with the same job: what is missing once must be missing for the same attempt. */
    boolean confirms(Difference earlier) {
        if (table != null || log == null || earlier.log == null || !part.equals("timer")) {
            return true;
        }
        return Objects.equals(log.get("attempt"), earlier.log.get("attempt"));
    }

    /** Those that an earlier look had found as well. */
    public static List<Difference> confirmed(List<Difference> now, Map<UUID, List<Difference>> earlier) {
        return now.stream()
                .filter(difference -> earlier.getOrDefault(difference.job, List.of()).stream()
                        .anyMatch(before -> before.part.equals(difference.part) && difference.confirms(before)))
                .toList();
    }

    private static JsonNode value(@Nullable JsonNode row, String column) {
        JsonNode value = row == null ? null : row.get(column);
        return value == null ? NullNode.getInstance() : value;
    }
}
