package dev.accepted.store.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.job.ProjectionPositions.TopicPartition;
import java.sql.Connection;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** How far the log was folded. */
class ProjectionPositionsTest {

    private static final TopicPartition EVENTS = new TopicPartition("jobs.events", 0);
    private static final TopicPartition LATER = new TopicPartition("jobs.later", 3);

    @Test
    void aPositionIsReadAsItWasSavedAndNeverGoesBack() throws Exception {
        try (Connection connection = StoreDatabase.fresh().connect()) {
            assertEquals(Map.of(), ProjectionPositions.read(connection));
            assertEquals(OptionalLong.empty(), ProjectionPositions.read(connection, EVENTS));
            ProjectionPositions.save(connection, Map.of(EVENTS, 10L, LATER, 5_000_000_000L));
            ProjectionPositions.save(connection, Map.of(EVENTS, 7L));
            ProjectionPositions.save(connection, Map.of());
            assertEquals(Map.of(EVENTS, 10L, LATER, 5_000_000_000L), ProjectionPositions.read(connection));
            assertEquals(OptionalLong.of(10), ProjectionPositions.read(connection, EVENTS));
            ProjectionPositions.save(connection, Map.of(EVENTS, 11L));
            assertEquals(OptionalLong.of(11), ProjectionPositions.read(connection, EVENTS));
        }
    }
}
