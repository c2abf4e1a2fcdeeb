package dev.accepted.cli.stack;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.cli.CommandProcess;
import dev.accepted.cli.fake.FakeCheckout;
import dev.accepted.cli.process.RunDirectory;
import dev.accepted.cli.process.RunFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpCommandTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path home;

    @BeforeEach
    void checkOut() throws Exception {
        FakeCheckout.create(home);
    }

    @Test
    void aKilledLauncherLeavesNothingAndTheNextOneFindsEverything() throws Exception {
        List<RunFile> first;
        try (CommandProcess up = up("--workers", "probe")) {
            up.awaitReady();
            first = runs().running();
            assertEquals(
                    Set.of("gateway-1", "kafka-1", "mail", "postgres", "worker-probe-1"),
                    first.stream().map(RunFile::name).collect(Collectors.toSet()));
            up.kill();
            assertEquals(137, up.exitStatus());
        }
        await().atMost(SOON).until(() -> runs().running().isEmpty());

        try (CommandProcess up = up("--workers", "none")) {
            up.awaitReady();
            for (String kept : List.of("kafka-1", "mail", "postgres")) {
                assertEquals(url(first, kept), url(runs().running(), kept));
            }
            up.terminate();
            assertEquals(143, up.exitStatus());
        }
        assertEquals(List.of(), runs().list());
    }

    @Test
    void aProcessThatFailsDuringBootIsShownAndAllIsStopped() throws Exception {
        try (CommandProcess up = CommandProcess.start(
                home, Map.of("FAKE_REFUSES", "email-1"), "up", "--port", "0", "--workers", "probe,email")) {
            assertEquals(1, up.exitStatus());
            assertTrue(up.err().contains("worker-email-1 ended with status 3"), up.err());
            assertTrue(up.err().contains("the fake does not want to"), up.err());
            assertEquals("", up.out());
        }
        assertEquals(List.of(), runs().list());
    }

    @Test
    void aTakenPortIsRefusedBeforeAnythingStarts() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());
            CommandProcess up = CommandProcess.run(home, "up", "--port", port, "--workers", "none");
            assertEquals(1, up.exitStatus());
            assertTrue(up.err().contains("Port " + port), up.err());
        }
        assertFalse(Files.exists(home.resolve(".accepted/kafka")));
        assertFalse(Files.exists(home.resolve(".accepted/run")));
    }

    @Test
    void threeBrokersAreAskedForReplicatedTopics() throws Exception {
        try (CommandProcess up = up("--workers", "probe", "--brokers", "3")) {
            up.awaitReady();
            Map<String, String> told = Told.by(url(runs().running(), "worker-probe-1"));
            assertEquals(3, told.getOrDefault("KAFKA_BOOTSTRAP_SERVERS", "").split(",").length);
            assertEquals("3", told.get("ACCEPTED_TOPICS_REPLICATION"));
            assertEquals("2", told.get("ACCEPTED_TOPICS_MIN_ISR"));
        }
    }

    private CommandProcess up(String... options) throws Exception {
        String[] words = new String[options.length + 3];
        System.arraycopy(new String[] {"up", "--port", "0"}, 0, words, 0, 3);
        System.arraycopy(options, 0, words, 3, options.length);
        return CommandProcess.start(home, Map.of(), words);
    }

    private RunDirectory runs() {
        return DataDirectory.of(home.resolve(".accepted")).runs();
    }

    private static String url(List<RunFile> files, String name) {
        return files.stream()
                .filter(file -> file.name().equals(name))
                .map(RunFile::url)
                .findFirst()
                .orElseThrow();
    }
}
