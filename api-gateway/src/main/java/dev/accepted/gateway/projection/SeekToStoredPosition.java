package dev.accepted.gateway.projection;

import dev.accepted.store.job.ProjectionPositions;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Starts each partition where PostgreSQL says that the fold stands: the group's own offsets are not used. */
@ApplicationScoped
@Identifier("projection")
class SeekToStoredPosition implements KafkaConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(SeekToStoredPosition.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final DataSource database;

    SeekToStoredPosition(DataSource database) {
        this.database = database;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        Map<ProjectionPositions.TopicPartition, Long> positions = positions();
        for (TopicPartition partition : partitions) {
            Long next = positions.get(new ProjectionPositions.TopicPartition(partition.topic(), partition.partition()));
            if (next == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, next);
            }
        }
        LOG.infof("Folds %d partitions of the log", partitions.size());
    }

    /** Without the positions nothing could be folded, so this waits for PostgreSQL. */
    private Map<ProjectionPositions.TopicPartition, Long> positions() {
        while (true) {
            try (Connection connection = database.getConnection()) {
                return ProjectionPositions.read(connection);
            } catch (SQLException e) {
                LOG.warnf("Positions cannot be read; tried again in %s: %s", PAUSE, e.getMessage());
                try {
                    TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("Stopped while waiting for PostgreSQL", interrupted);
                }
            }
        }
    }
}
