package dev.accepted.gateway.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.accepted.contract.log.Position;
import dev.accepted.gateway.fixture.LogFiller;
import dev.accepted.localstack.LocalStack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class LogReaderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static void make(String topic) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers()));
    }

    private static Position write(String topic) {
        try (LogFiller log = new LogFiller()) {
            return log.garbage(topic, "a key");
        }
    }

    private static Position partition99(Position beside) {
        return new Position(beside.topic(), 99, beside.offset());
    }

    @Test
    void aPlaceInAPartitionThatIsNotThereKeepsNoOtherFromBeingRead() throws Exception {
        make("jobs.commands.read-beside");
        Position there = write("jobs.commands.read-beside");
        LogReader reader = new LogReader(LocalStack.shared().bootstrapServers());
        try {
            Readback read = reader.read(List.of(there, partition99(there)), PATIENCE);
            assertEquals(Set.of(there), read.found().keySet());
            assertEquals(Set.of(), read.gone());
        } finally {
            reader.close();
        }
    }

    @Test
    void aPartitionThatWasAddedMeanwhileIsRead() throws Exception {
        make("jobs.commands.read-grown");
        Position first = write("jobs.commands.read-grown");
        LogReader reader = new LogReader(LocalStack.shared().bootstrapServers());
        try {
            assertEquals(
                    Set.of(first), reader.read(List.of(first), PATIENCE).found().keySet());
            try (Admin admin = admin()) {
                admin.createPartitions(Map.of(first.topic(), NewPartitions.increaseTo(100)))
                        .all()
                        .get();
            }
            // Nothing lies in the new partition: its beginning is its end.
            Position added = new Position(first.topic(), 99, 0);
            Readback read = reader.read(List.of(first, added), PATIENCE);
            assertEquals(Set.of(first), read.found().keySet());
            assertEquals(Set.of(added), read.gone());
        } finally {
            reader.close();
        }
    }
}
