package dev.accepted.gateway.upkeep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.watching.EventPartitions;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.shadow.Difference;
import dev.accepted.store.shadow.Difference.Cell;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What differs, as operators see it: the first jobs with their columns, both values, and where the log has them. */
final class ShownDifferences {

    private static final int SHOWN = 20;
    private static final int LONGEST = 1_000;

    /** What says enough of a row that has nothing to be compared with. */
    private static final Set<String> OF_A_WHOLE_ROW =
            Set.of("type", "queue", "status", "attempt", "version", "created_at", "finished_at");

    private final EventPartitions events;
    private Map<UUID, JobState> folded = Map.of();

    ShownDifferences(EventPartitions events) {
        this.events = events;
    }

    /** Reads what the log makes of the jobs that will be shown; in a transaction whose statements go to the shadow. */
    void read(Connection connection, Findings found) throws SQLException {
        List<UUID> shown = found.suspects().stream()
                .sorted(ShownDifferences::inTheTablesOrder)
                .limit(SHOWN)
                .toList();
        folded = JobTable.read(connection, shown);
    }

    /** All of it. */
    ObjectNode of(Findings found) {
        Map<UUID, List<Difference>> byJob = found.differences().stream()
                .collect(Collectors.groupingBy(Difference::job, LinkedHashMap::new, Collectors.toList()));
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put("jobs", found.jobs())
                .put("differences", byJob.size())
                .put("more", found.more());
        ArrayNode items = shown.putArray("items");
        byJob.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(ShownDifferences::inTheTablesOrder))
                .limit(SHOWN)
                .forEach(job -> items.add(item(job.getKey(), job.getValue())));
        return shown;
    }

    /** As PostgreSQL orders ids; Java's own order takes their halves for signed numbers. */
    private static int inTheTablesOrder(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }

    private ObjectNode item(UUID id, List<Difference> differences) {
        Optional<Difference> row = differences.stream()
                .filter(difference -> difference.part().equals("job"))
                .findFirst();
        ObjectNode item = JsonNodeFactory.instance.objectNode().put("job_id", name(id, differences));
        tenant(id, row.orElse(null)).ifPresent(tenant -> item.put("tenant", tenant));
        item.put("kind", kind(row.orElse(null)));
        ArrayNode columns = item.putArray("columns");
        for (Difference difference : differences) {
            boolean whole = difference.part().equals("job") && (difference.table() == null || difference.log() == null);
            for (Cell cell : difference.cells()) {
                if (!whole || OF_A_WHOLE_ROW.contains(cell.column())) {
                    columns.add(column(difference.part(), cell));
                }
            }
        }
        place(item, id, differences);
        return item;
    }

    /** {@code missing}: the log has it and the table has not; {@code surplus}: the other way round. */
    private static String kind(@Nullable Difference row) {
        if (row == null || row.table() != null && row.log() != null) {
            return "changed";
        }
        return row.table() == null ? "missing" : "surplus";
    }

    private static ObjectNode column(String part, Cell cell) {
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put("column", part.equals("job") ? cell.column() : part + "." + cell.column());
        put(shown, "table", cell.table());
        put(shown, "log", cell.log());
        return shown;
    }

    private static void put(ObjectNode into, String member, JsonNode value) {
        if (!value.isNull()) {
            String text = value.isValueNode() ? value.asText() : value.toString();
            into.put(member, text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…");
        }
    }

    private void place(ObjectNode item, UUID id, List<Difference> differences) {
        JobState state = folded.get(id);
        Position command = state == null ? commandIn(differences) : state.command();
        long event = state == null ? eventIn(differences) : state.eventOffset();
        String name = item.path("job_id").asText();
        Position last = event < 0 ? command : new Position(Topics.EVENTS, events.of(name), event);
        if (last != null) {
            put(item.putObject("position"), last);
        }
        if (command != null && !command.equals(last)) {
            put(item.putObject("command"), command);
        }
    }

    private static void put(ObjectNode into, Position at) {
        into.put("topic", at.topic()).put("partition", at.partition()).put("offset", at.offset());
    }

    private String name(UUID id, List<Difference> differences) {
        JobState state = folded.get(id);
        return state != null
                ? state.id().text()
                : any(differences, "job_id").map(JsonNode::asText).orElse(id.toString());
    }

    private Optional<String> tenant(UUID id, @Nullable Difference row) {
        JobState state = folded.get(id);
        return state != null
                ? Optional.of(state.tenant())
                : any(row == null ? List.of() : List.of(row), "tenant").map(JsonNode::asText);
    }

    private static @Nullable Position commandIn(List<Difference> differences) {
        return any(differences, "command_topic")
                .map(topic -> new Position(
                        topic.asText(),
                        any(differences, "command_partition")
                                .map(JsonNode::asInt)
                                .orElse(0),
                        any(differences, "command_offset").map(JsonNode::asLong).orElse(0L)))
                .orElse(null);
    }

    private static long eventIn(List<Difference> differences) {
        return any(differences, "event_offset").map(JsonNode::asLong).orElse(-1L);
    }

    private static Optional<JsonNode> any(List<Difference> differences, String column) {
        for (Difference difference : differences) {
            JsonNode row = difference.log() != null ? difference.log() : difference.table();
            if (row != null && row.hasNonNull(column)) {
                return Optional.of(row.get(column));
            }
        }
        return Optional.empty();
    }
}
