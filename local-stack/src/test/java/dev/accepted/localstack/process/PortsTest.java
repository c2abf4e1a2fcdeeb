package dev.accepted.localstack.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

    @TempDir
    Path directory;

    @Test
    void aPortIsKeptFromRunToRun() throws Exception {
        Path file = directory.resolve("deep/port");
        int first = new Ports(new SecureRandom()).kept(file);
        assertEquals(first, new Ports(new SecureRandom()).kept(file));
    }

    @Test
    void aKeptPortThatWasTakenMeanwhileIsReplaced() throws Exception {
        Path file = directory.resolve("port");
        int first = new Ports(new SecureRandom()).kept(file);
        try (ServerSocket other = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
            assertFalse(Ports.isFree(first));
            int second = new Ports(new SecureRandom()).kept(file);
            assertNotEquals(other.getLocalPort(), second);
            assertTrue(Ports.isFree(second));
        }
    }

    @Test
    void noPortIsGivenTwice() {
        int first = new Ports(new Random(7)).any();
        Ports ports = new Ports(new Random(7));
        assertEquals(first, ports.any());
        assertNotEquals(first, ports.any());
    }
}
