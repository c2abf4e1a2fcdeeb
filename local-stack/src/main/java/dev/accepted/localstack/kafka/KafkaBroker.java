package dev.accepted.localstack.kafka;

import dev.accepted.localstack.process.Command;
import dev.accepted.localstack.process.JavaProgram;
import dev.accepted.localstack.process.StopSignal;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * One broker of a prepared cluster.
 *
 * @param id from 1
 * @param home its directory: settings, ports, data
 * @param port for clients and other brokers
 * @param controllerPort for the metadata quorum
 */
public record KafkaBroker(int id, Path home, int port, int controllerPort) {

    /** What the process is called: {@code kafka-1}. */
    public String name() {
        return "kafka-" + id;
    }

    /** Where clients reach it. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /**
     * The command that runs it; {@link #isReady()} tells when it serves.
     *
     * @param flags of its JVM
     */
    public Command command(String classPath, List<String> flags, Path log, StopSignal stop) throws IOException {
        Files.deleteIfExists(readyFile());
        JavaProgram program = new JavaProgram(classPath, flags, KafkaNode.class.getName());
        List<String> arguments = List.of(settingsFile().toString(), readyFile().toString());
        return new Command(name(), program.words(arguments), Map.of(), home, log, stop);
    }

    /** Whether the broker that {@link #command} started has joined the cluster and serves. */
    public boolean isReady() {
        return Files.exists(readyFile());
    }

    String voter() {
        return id + "@127.0.0.1:" + controllerPort;
    }

    Path data() {
        return home.resolve("data");
    }

    void write(Properties settings) throws IOException {
        Files.createDirectories(home);
        try (Writer writer = Files.newBufferedWriter(settingsFile())) {
            settings.store(writer, "Written at each start; changes are lost.");
        }
    }

    private Path settingsFile() {
        return home.resolve("server.properties").toAbsolutePath();
    }

    private Path readyFile() {
        return home.resolve("ready").toAbsolutePath();
    }
}
