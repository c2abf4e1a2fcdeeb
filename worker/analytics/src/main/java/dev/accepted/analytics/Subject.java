package dev.accepted.analytics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.accepted.analytics.dataset.Dataset;
import java.util.List;

/**
 * What a result is about: the first members of every result.
 *
 * @param points rows
 * @param dimensions columns
 * @param columns their names; absent if the rows were arrays
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Subject(String datasetName, String analysisType, int points, int dimensions, List<String> columns) {

    static Subject of(String datasetName, String analysisType, Dataset data) {
        return new Subject(datasetName, analysisType, data.rows(), data.width(), data.names());
    }
}
