package dev.accepted.localstack.containers;

import java.util.Locale;
import java.util.Properties;
import java.util.UUID;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A broker and a database server in containers, which go with this JVM. */
public final class ContainerServers {

    private static final String KAFKA = "apache/kafka:4.2.1";
    private static final String POSTGRES = "postgres:18";

    private final KafkaContainer kafka;
    private final PostgreSQLContainer postgres;

    private ContainerServers(KafkaContainer kafka, PostgreSQLContainer postgres) {
        this.kafka = kafka;
        this.postgres = postgres;
    }

    /**
     * Starts both; the first time their images are fetched.
     *
     * @param settings the broker's own, as in its properties file
     * @param user of the database, who may do everything
     * @throws IllegalStateException where there is no Docker
     */
    public static ContainerServers start(Properties settings, String user) {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException("accepted.stack=containers asks for Docker, and none is found here. Start"
                    + " it, or leave that property out: the local stack needs none.");
        }
        KafkaContainer kafka = new KafkaContainer(KAFKA);
        settings.forEach((name, value) -> kafka.withEnv(
                "KAFKA_" + name.toString().toUpperCase(Locale.ROOT).replace('.', '_'), value.toString()));
        PostgreSQLContainer postgres = new PostgreSQLContainer(POSTGRES)
                .withUsername(user)
                .withDatabaseName(user)
                .withPassword(UUID.randomUUID().toString());
        kafka.start();
        postgres.start();
        return new ContainerServers(kafka, postgres);
    }

    /** {@code host:port}. */
    public String bootstrapServers() {
        return kafka.getBootstrapServers();
    }

    public String jdbcUrl() {
        return postgres.getJdbcUrl();
    }

    public String password() {
        return postgres.getPassword();
    }
}
