package dev.accepted.e2e.measure;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Very many clients that follow jobs by server-sent events and hear next to nothing, on one thread. */
final class IdleStreams implements AutoCloseable {

    private static final String SNAPSHOT = "event: snapshot";
    private static final String DONE = "event: done";

    /** What a stream has said so far: enough to find a word that two reads cut apart. */
    private static final class Heard {
        private String rest = "";
    }

    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private final AtomicInteger snapshots = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();
    private final AtomicInteger comments = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final Thread reader = new Thread(this::read, "idle-streams");
    private volatile boolean closed;

    IdleStreams() throws IOException {
        reader.setDaemon(true);
        reader.start();
    }

    /** Opens a stream of a job; its snapshot comes later. */
    void open(URI gateway, String job) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
        String request = "GET /jobs/" + job + "/events HTTP/1.1\r\nHost: " + gateway.getAuthority()
                + "\r\nAccept: text/event-stream\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        synchronized (channels) {
            channels.add(channel);
        }
        selector.wakeup();
        channel.register(selector, SelectionKey.OP_READ, new Heard());
    }

    int snapshots() {
        return snapshots.get();
    }

    int ends() {
        return ends.get();
    }

    int comments() {
        return comments.get();
    }

    /** Streams that were closed although nobody had told of an end. */
    int broken() {
        return broken.get();
    }

    private void read() {
        try {
            while (!closed) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    read(key);
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            broken.addAndGet(channels.size());
        }
    }

    private void read(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        buffer.clear();
        int read;
        try {
            read = channel.read(buffer);
        } catch (IOException e) {
            read = -1;
        }
        if (read < 0) {
            key.cancel();
            broken.incrementAndGet();
        } else {
            String text = StandardCharsets.UTF_8.decode(buffer.flip()).toString();
            hear((Heard) key.attachment(), text, key);
        }
    }

    private void hear(Heard heard, String text, SelectionKey key) {
        String all = heard.rest + text;
        int line = all.lastIndexOf('\n') + 1;
        heard.rest = all.substring(line);
        for (String said : all.substring(0, line).lines().toList()) {
            if (said.startsWith(SNAPSHOT)) {
                snapshots.incrementAndGet();
            } else if (said.startsWith(DONE)) {
                ends.incrementAndGet();
                key.cancel();
            } else if (said.startsWith(":")) {
                comments.incrementAndGet();
            }
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closed = true;
        selector.wakeup();
        reader.join();
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
