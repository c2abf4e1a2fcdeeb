package dev.accepted.localstack.kafka;

import dev.accepted.localstack.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/** A cluster's directory made ready: every broker's settings file is written, nothing runs yet. */
public final class KafkaCluster {

    private final List<KafkaBroker> brokers;

    private KafkaCluster(List<KafkaBroker> brokers) {
        this.brokers = List.copyOf(brokers);
    }

    /**
     * Chooses the ports (those of the last run, where still free) and writes the settings of {@code size} brokers.
     *
     * @param directory the cluster's own, made when absent
     * @throws IOException when the directory cannot be written
     * @throws IllegalArgumentException when the directory holds a cluster of another size
     */
    public static KafkaCluster prepare(Path directory, int size, Ports ports) throws IOException {
        Files.createDirectories(directory);
        refuseAnotherSize(directory.resolve("brokers"), size);
        String clusterId =
                remembered(directory.resolve("cluster-id"), Uuid.randomUuid().toString());
        List<KafkaBroker> brokers = new ArrayList<>();
        for (int id = 1; id <= size; id++) {
            Path home = directory.resolve("broker-" + id);
            int port = ports.kept(home.resolve("port"));
            brokers.add(new KafkaBroker(id, home, port, ports.kept(home.resolve("controller-port"))));
        }
        String voters = brokers.stream().map(KafkaBroker::voter).collect(Collectors.joining(","));
        for (KafkaBroker broker : brokers) {
            Properties settings = BrokerSettings.of(broker, size, voters);
            settings.setProperty(KafkaNode.CLUSTER_ID, clusterId);
            broker.write(settings);
        }
        return new KafkaCluster(brokers);
    }

    /**
     * A broker that an earlier {@link #prepare} made ready, with the ports and settings of then.
     *
     * @throws IOException when there is none of that id
     */
    public static KafkaBroker prepared(Path directory, int id) throws IOException {
        Path home = directory.resolve("broker-" + id);
        return new KafkaBroker(id, home, number(home.resolve("port")), number(home.resolve("controller-port")));
    }

    private static int number(Path file) throws IOException {
        return Integer.parseInt(Files.readString(file).strip());
    }

    /** What the only broker of a cluster is told, wherever it runs. */
    public static Properties sharedSettings() {
        return BrokerSettings.ofTheOnly();
    }

    /** The brokers, by id from 1. */
    public List<KafkaBroker> brokers() {
        return brokers;
    }

    /** What a client needs: {@code 127.0.0.1:port}, comma separated. */
    public String bootstrapServers() {
        return brokers.stream().map(KafkaBroker::address).collect(Collectors.joining(","));
    }

    private static void refuseAnotherSize(Path file, int size) throws IOException {
        int made = Integer.parseInt(remembered(file, Integer.toString(size)));
        if (made != size) {
            throw new IllegalArgumentException(file.getParent() + " holds a cluster of " + made + " brokers, not of "
                    + size + ". Ask for " + made + ", or use another directory.");
        }
    }

    private static String remembered(Path file, String initially) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, initially + "\n");
        }
        return Files.readString(file).strip();
    }
}
