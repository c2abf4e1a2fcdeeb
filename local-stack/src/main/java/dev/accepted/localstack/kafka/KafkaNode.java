package dev.accepted.localstack.kafka;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** Runs one broker, controller and broker in one, in this JVM. */
public final class KafkaNode {

    /** The one setting in the file that is ours: Kafka takes a cluster's id when its directory is formatted. */
    static final String CLUSTER_ID = "accepted.cluster.id";

    private KafkaNode() {}

    /**
     * Formats the data directory if it is new, serves until SIGTERM.
     *
     * @param arguments the settings file, and the file to make once the broker serves
     */
    public static void main(String[] arguments) {
        try {
            run(Path.of(arguments[0]), Path.of(arguments[1]));
        } catch (Exception e) {
            e.printStackTrace();
            // Kafka leaves threads behind that would keep a broken broker alive.
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(Path settingsFile, Path readyFile) throws Exception {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(settingsFile)) {
            settings.load(reader);
        }
        format(settings);
        settings.remove(CLUSTER_ID);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop-kafka"));
        server.startup();
        markReady(readyFile);
        server.awaitShutdown();
    }

    private static void format(Properties settings) throws Exception {
        String directory = settings.getProperty("log.dirs");
        if (Files.exists(Path.of(directory, "meta.properties"))) {
            return;
        }
        Files.createDirectories(Path.of(directory));
        new Formatter()
                .setPrintStream(new PrintStream(System.out, true, StandardCharsets.UTF_8))
                .setClusterId(settings.getProperty(CLUSTER_ID))
                .setNodeId(Integer.parseInt(settings.getProperty("node.id")))
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setControllerListenerName(settings.getProperty("controller.listener.names"))
                .setMetadataLogDirectory(directory)
                .addDirectory(directory)
                // A format that was cut short has written some of the files; what is there is kept.
                .setIgnoreFormatted(true)
                .run();
    }

    private static void markReady(Path readyFile) throws IOException {
        Files.writeString(readyFile, ProcessHandle.current().pid() + "\n");
    }
}
