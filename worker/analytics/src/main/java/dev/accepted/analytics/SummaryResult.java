package dev.accepted.analytics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.accepted.analytics.summary.Column;
import dev.accepted.analytics.summary.Summary;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the columns of a data set.
 *
 * @param statistics of each column, in their order
 * @param correlation Pearson's coefficients, column by column; null with a constant column; absent for one row only, or
 *     too many columns
 * @param notes sentences about what could not be told
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SummaryResult(
        @JsonUnwrapped Subject subject,
        List<ColumnFigures> statistics,
        @Nullable Double @Nullable [][] correlation,
        List<String> notes)
        implements AnalysisResult {

    /**
     * The figures of one column.
     *
     * @param column its name; absent if the rows were arrays
     * @param std the sample's standard deviation; absent for one row only
     * @param q1 the first quartile, interpolated linearly between rows
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ColumnFigures(
            @Nullable String column,
            int count,
            double mean,
            @Nullable Double std,
            double min,
            double q1,
            double median,
            double q3,
            double max) {

        private static ColumnFigures of(@Nullable String name, Column column) {
            Double std = column.std().isPresent() ? column.std().getAsDouble() : null;
            return new ColumnFigures(
                    name,
                    column.count(),
                    column.mean(),
                    std,
                    column.min(),
                    column.q1(),
                    column.median(),
                    column.q3(),
                    column.max());
        }
    }

    static SummaryResult of(Subject subject, Summary summary) {
        List<ColumnFigures> statistics = IntStream.range(0, subject.dimensions())
                .mapToObj(i -> ColumnFigures.of(
                        subject.columns().isEmpty() ? null : subject.columns().get(i),
                        summary.columns().get(i)))
                .toList();
        return new SummaryResult(subject, statistics, summary.correlation().orElse(null), Notes.on(subject, summary));
    }
}
