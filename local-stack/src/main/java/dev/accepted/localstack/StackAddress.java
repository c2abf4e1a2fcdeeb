package dev.accepted.localstack;

import java.util.Optional;
import java.util.Properties;

/** Where this JVM's stack is, kept among the system properties: the one thing that all class loaders see. */
record StackAddress(String bootstrapServers, String jdbcUrl, String password) {

    private static final String PREFIX = "accepted.localstack.";

    static Optional<StackAddress> readFrom(Properties properties) {
        return Optional.ofNullable(properties.getProperty(PREFIX + "kafka"))
                .map(kafka -> new StackAddress(
                        kafka, properties.getProperty(PREFIX + "jdbc"), properties.getProperty(PREFIX + "password")));
    }

    void writeTo(Properties properties) {
        properties.setProperty(PREFIX + "kafka", bootstrapServers);
        properties.setProperty(PREFIX + "jdbc", jdbcUrl);
        properties.setProperty(PREFIX + "password", password);
    }
}
