package dev.accepted.store.batch;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of a batch.
 *
 * @param sqlType element type of the array it is sent as; times go as {@code text} and are cast by the statement
 */
public record Column<T>(String sqlType, Function<T, @Nullable Object> value) {

    public static <T> Column<T> uuid(Function<T, @Nullable Object> value) {
        return new Column<>("uuid", value);
    }

    public static <T> Column<T> text(Function<T, @Nullable Object> value) {
        return new Column<>("text", value);
    }

    public static <T> Column<T> integer(Function<T, @Nullable Object> value) {
        return new Column<>("int4", value);
    }

    public static <T> Column<T> bigint(Function<T, @Nullable Object> value) {
        return new Column<>("int8", value);
    }

    /**
     * An {@link Instant}, or anything else whose text PostgreSQL reads. Instants are cut to microseconds: PostgreSQL
     * itself would round them, some into the future.
     */
    public static <T> Column<T> asText(Function<T, @Nullable Object> value) {
        return new Column<>("text", row -> {
            Object found = value.apply(row);
            if (found instanceof Instant time) {
                return time.truncatedTo(ChronoUnit.MICROS).toString();
            }
            return found == null ? null : found.toString();
        });
    }

    /** Binds the rows to the statement's parameters from {@code first} on, one array a column. */
    public static <T> void bind(PreparedStatement statement, int first, List<Column<T>> columns, List<T> rows)
            throws SQLException {
        Connection connection = statement.getConnection();
        for (int c = 0; c < columns.size(); c++) {
            Column<T> column = columns.get(c);
            @Nullable Object[] values = new @Nullable Object[rows.size()];
            for (int r = 0; r < values.length; r++) {
                values[r] = column.value.apply(rows.get(r));
            }
            Array array = connection.createArrayOf(column.sqlType, values);
            statement.setArray(first + c, array);
        }
    }
}
