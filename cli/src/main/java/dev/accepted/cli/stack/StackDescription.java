package dev.accepted.cli.stack;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.files.OwnersFile;
import dev.accepted.cli.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * What others must know to join or use a stack: {@code stack.json}, there as long as the stack is ready.
 *
 * @param pid of the launcher, with {@code startedAt} beyond doubt
 * @param port of the first gateway, on 127.0.0.1
 * @param kafka bootstrap servers
 * @param jdbcUrl of the database, without user and password
 * @param databaseUser who owns it
 * @param databasePassword the owner's
 * @param smtpPort where mails go, on 127.0.0.1
 * @param mailApi where they are counted and read
 * @param brokers how many Kafka brokers there are
 */
record StackDescription(
        @JsonProperty("pid") long pid,
        @JsonProperty("started_at_millis") long startedAt,
        @JsonProperty("port") int port,
        @JsonProperty("kafka") String kafka,
        @JsonProperty("jdbc_url") String jdbcUrl,
        @JsonProperty("database_user") String databaseUser,
        @JsonProperty("database_password") String databasePassword,
        @JsonProperty("smtp_port") int smtpPort,
        @JsonProperty("mail_api") String mailApi,
        @JsonProperty("brokers") int brokers) {

    /** Where the first gateway is. */
    String url() {
        return "http://127.0.0.1:" + port;
    }

    void write(DataDirectory data) throws IOException {
        OwnersFile.write(data.description(), Json.pretty(this));
    }

    static void remove(DataDirectory data) throws IOException {
        Files.deleteIfExists(data.description());
    }

    /** The description of the stack that runs there; empty when none does. */
    static Optional<StackDescription> read(DataDirectory data) {
        try {
            StackDescription found = Json.read(Files.readAllBytes(data.description()), StackDescription.class);
            return Optional.of(found).filter(StackDescription::isRunning);
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    private boolean isRunning() {
        return new ProcessIdentity(pid, startedAt).running().isPresent();
    }
}
