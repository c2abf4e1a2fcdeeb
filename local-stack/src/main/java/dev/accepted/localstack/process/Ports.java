package dev.accepted.localstack.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Hands out free TCP ports of the loopback interface, none of them twice.
 *
 * <p>They lie below the range from which systems take the ports of outgoing connections, so that a port that was free
 * yesterday is seldom somebody's today. Safe for use by several threads.
 */
public final class Ports {

    private static final int LOWEST = 20_000;
    private static final int BOUND = 32_000;

    private final RandomGenerator random;
    private final Set<Integer> given = new HashSet<>();

    /** @param random where to look first; two processes that start together should differ in it */
    public Ports(RandomGenerator random) {
        this.random = random;
    }

    /** Whether nobody listens on {@code port} of the loopback interface. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Any port that is free now. */
    public synchronized int any() {
        for (int tries = 0; tries < BOUND - LOWEST; tries++) {
            int port = random.nextInt(LOWEST, BOUND);
            if (isFree(port) && given.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port on 127.0.0.1 between " + LOWEST + " and " + BOUND);
    }

    /**
     * The port that {@code file} remembers, as long as it is free; else another one, which the file then remembers.
     *
     * @throws IOException when the file can be neither read nor written
     */
    public synchronized int kept(Path file) throws IOException {
        if (Files.exists(file)) {
            int port = Integer.parseInt(Files.readString(file).strip());
            if (isFree(port) && given.add(port)) {
                return port;
            }
        }
        int port = any();
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, port + "\n");
        return port;
    }
}
