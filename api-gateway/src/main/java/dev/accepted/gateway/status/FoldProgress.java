package dev.accepted.gateway.status;

import dev.accepted.contract.log.Topics;
import dev.accepted.store.job.ProjectionPositions;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Compares how far the projection has folded the commands with what the log held at a time. Blocking; rarely asked. */
@Singleton
class FoldProgress {

    private static final Logger LOG = Logger.getLogger(FoldProgress.class);
    private static final int PATIENCE_MILLIS = 3_000;

    private final Map<String, Object> settings;
    private final DataSource database;

    FoldProgress(@Identifier("default-kafka-broker") Map<String, Object> kafka, DataSource database) {
        this.database = database;
        settings = new HashMap<>(kafka);
        settings.keySet().retainAll(AdminClientConfig.configNames());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    }

    /** Whether every command that the log took before a time is folded; false also where that cannot be told. */
    boolean hasPassed(Instant time) {
        try (Admin kafka = Admin.create(settings);
                Connection connection = database.getConnection()) {
            Map<ProjectionPositions.TopicPartition, Long> folded = ProjectionPositions.read(connection);
            return commandsBefore(kafka, time).entrySet().stream()
                    .allMatch(partition -> folded.getOrDefault(
                                    new ProjectionPositions.TopicPartition(
                                            partition.getKey().topic(),
                                            partition.getKey().partition()),
                                    0L)
                            >= partition.getValue());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | SQLException e) {
            LOG.warnf("Whether the projection is past %s cannot be told: %s", time, e);
            return false;
        }
    }

    /** By partition, where the commands of before that time end. */
    private static Map<TopicPartition, Long> commandsBefore(Admin kafka, Instant time)
            throws ExecutionException, InterruptedException {
        List<String> topics = kafka.listTopics().names().get().stream()
                .filter(topic ->
                        topic.equals(Topics.LATER) || Topics.queueOf(topic).isPresent())
                .toList();
        List<TopicPartition> partitions = kafka.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream().map(p -> new TopicPartition(topic.name(), p.partition())))
                .toList();
        Map<TopicPartition, Long> ends = offsets(kafka, partitions, OffsetSpec.latest());
        offsets(kafka, partitions, OffsetSpec.forTimestamp(time.toEpochMilli())).forEach((partition, first) -> {
            if (first >= 0) {
                ends.put(partition, first);
            }
        });
        return ends;
    }

    private static Map<TopicPartition, Long> offsets(Admin kafka, List<TopicPartition> of, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, ListOffsetsResultInfo> found = kafka.listOffsets(
                        of.stream().collect(Collectors.toMap(partition -> partition, partition -> which)))
                .all()
                .get();
        Map<TopicPartition, Long> offsets = new HashMap<>();
        found.forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }
}
