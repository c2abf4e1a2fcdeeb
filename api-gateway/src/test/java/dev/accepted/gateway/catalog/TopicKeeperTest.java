package dev.accepted.gateway.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.http.Settings;
import dev.accepted.localstack.LocalStack;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

class TopicKeeperTest {

    private static final Map<String, Object> KAFKA =
            Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers());

    private static TopicKeeper keeper(int eventPartitions) {
        return new TopicKeeper(
                KAFKA,
                Settings.of(Map.of(
                        "accepted.topics.replication", "1",
                        "accepted.topics.min-isr", "1",
                        "accepted.topics.event-partitions", Integer.toString(eventPartitions))));
    }

    @Test
    void theTopicsAreMadeOnceAndAsTheyMustBe() throws Exception {
        keepUntilKnown();
        keeper(12).keep();
        assertEquals("compact", setting(Topics.CATALOG, "cleanup.policy"));
        for (String topic : List.of(Topics.CATALOG, Topics.LATER, Topics.EVENTS, Topics.DEAD)) {
            assertEquals("LogAppendTime", setting(topic, "message.timestamp.type"));
            assertEquals("false", setting(topic, "unclean.leader.election.enable"));
        }
        assertEquals("2592000000", setting(Topics.EVENTS, "retention.ms"));
    }

    @Test
    void anotherNumberOfEventPartitionsIsRefused() throws Exception {
        keepUntilKnown();
        IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> keeper(13).keep());
        assertTrue(String.valueOf(refusal.getMessage()).contains("can never change"), refusal.getMessage());
    }

    /** A topic just made takes a moment to be known. */
    private static void keepUntilKnown() {
        org.awaitility.Awaitility.await()
                .ignoreExceptionsInstanceOf(ExecutionException.class)
                .until(() -> {
                    keeper(12).keep();
                    return true;
                });
    }

    private static String setting(String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(KAFKA)) {
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            return Objects.requireNonNull(config).get(name).value();
        }
    }
}
