package dev.accepted.localstack.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.localstack.process.JavaProgram;
import dev.accepted.localstack.process.LeashedProcess;
import dev.accepted.localstack.process.Ports;
import dev.accepted.localstack.process.StopSignal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaNodeTest {

    private static final List<String> FLAGS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k");

    @TempDir
    Path directory;

    private final List<LeashedProcess> running = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        running.forEach(LeashedProcess::close);
        for (LeashedProcess process : running) {
            assertTrue(process.awaitExit(Duration.ofSeconds(20)));
        }
    }

    @Test
    void recordsAndShareGroupsOutliveAStopAndAKill() throws Exception {
        KafkaCluster cluster = start(1);
        try (Client client = new Client(cluster.bootstrapServers())) {
            client.createTopic("work", 1);
            client.send("work", "one", "two", "three");
            assertEquals(List.of("one", "two"), client.shareAtMost("work", "group", 2));
        }
        running.get(0).askToStop();
        assertEquals(143, running.get(0).exit().get(20, TimeUnit.SECONDS));

        KafkaCluster again = start(1);
        assertEquals(cluster.bootstrapServers(), again.bootstrapServers());
        try (Client client = new Client(again.bootstrapServers())) {
            client.send("work", "four");
            assertEquals(List.of("three"), client.shareAtMost("work", "group", 1));
        }
        ProcessHandle.of(running.get(1).pid()).orElseThrow().destroyForcibly();
        assertEquals(137, running.get(1).exit().get(20, TimeUnit.SECONDS));

        try (Client client = new Client(start(1).bootstrapServers())) {
            assertEquals(List.of("four"), client.shareAtMost("work", "group", 5));
        }
    }

    @Test
    void threeBrokersCarryOnWithoutOne() throws Exception {
        KafkaCluster cluster = start(3);
        try (Client client = new Client(cluster.bootstrapServers())) {
            client.createTopic("work", 3);
            client.send("work", "one");
            ProcessHandle.of(running.get(1).pid()).orElseThrow().destroyForcibly();
            client.send("work", "two", "three");
            assertEquals(List.of("one", "two", "three"), client.shareAtMost("work", "group", 3));
        }
    }

    @Test
    void aDirectoryOfOneBrokerIsNotTakenForThree() throws Exception {
        KafkaCluster.prepare(directory, 1, new Ports(new SecureRandom()));
        Exception refusal = assertThrows(
                IllegalArgumentException.class,
                () -> KafkaCluster.prepare(directory, 3, new Ports(new SecureRandom())));
        assertTrue(refusal.toString().contains("cluster of 1 brokers"));
    }

    private KafkaCluster start(int size) throws Exception {
        KafkaCluster cluster = KafkaCluster.prepare(directory, size, new Ports(new SecureRandom()));
        for (KafkaBroker broker : cluster.brokers()) {
            Path log = directory.resolve(broker.name() + ".log");
            running.add(LeashedProcess.start(broker.command(JavaProgram.ownClassPath(), FLAGS, log, StopSignal.TERM)));
        }
        for (KafkaBroker broker : cluster.brokers()) {
            await().atMost(Duration.ofSeconds(60)).until(broker::isReady);
        }
        return cluster;
    }
}
