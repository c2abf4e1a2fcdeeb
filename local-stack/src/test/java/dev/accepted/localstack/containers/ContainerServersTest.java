package dev.accepted.localstack.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.accepted.localstack.kafka.KafkaCluster;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

class ContainerServersTest {

    @Test
    void withoutDockerItSaysWhatToDo() {
        assumeFalse(DockerClientFactory.instance().isDockerAvailable(), "there is a Docker here");
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> ContainerServers.start(new Properties(), "postgres"));
        assertTrue(String.valueOf(refused.getMessage()).contains("leave that property out"), refused.toString());
    }

    @Test
    void bothServersComeUp() throws Exception {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "needs Docker, which is not here");
        ContainerServers servers = ContainerServers.start(KafkaCluster.sharedSettings(), "postgres");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) servers.bootstrapServers()))) {
            assertEquals(1, admin.describeCluster().nodes().get().size());
        }
        try (var connection = DriverManager.getConnection(servers.jdbcUrl(), "postgres", servers.password())) {
            assertTrue(connection.isValid(5));
        }
    }
}
