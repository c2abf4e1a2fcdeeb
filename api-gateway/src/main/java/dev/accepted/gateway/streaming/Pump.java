package dev.accepted.gateway.streaming;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;
import org.jspecify.annotations.Nullable;

/** Sends one download: the next piece is read when the one before it has left. Between pieces no thread waits. */
final class Pump {

    private static final Logger LOG = Logger.getLogger(Pump.class);
    private static final int PIECE = 128 * 1024;

    private final Download download;
    private final ResteasyReactiveRequestContext request;
    private final ServerHttpResponse response;
    private final Executor readers;

    // One piece follows the other, handed from thread to thread by the executor and by the write's completion.
    private @Nullable InputStream in;
    private long left;

    Pump(Download download, ResteasyReactiveRequestContext request, Executor readers) {
        this.download = download;
        this.request = request;
        this.response = request.serverResponse();
        this.readers = readers;
        this.left = download.length();
    }

    void start() {
        step();
    }

    private void step() {
        try {
            readers.execute(this::sendPiece);
        } catch (RejectedExecutionException e) {
            fail(e);
        }
    }

    // Whatever fails here has no caller to go to: the client must not wait for ever.
    @SuppressWarnings("CatchAndPrintStackTrace")
    private void sendPiece() {
        try {
            InputStream content = opened();
            byte[] piece = content.readNBytes((int) Math.min(PIECE, left));
            if (piece.length == 0) {
                throw new EOFException("The content ends " + left + " bytes early");
            }
            left -= piece.length;
            var unused = response.write(piece).whenComplete((sent, failure) -> {
                if (failure != null) {
                    // The client went away, and nobody is there to tell.
                    close();
                    request.close();
                } else if (left == 0) {
                    finish();
                } else {
                    step();
                }
            });
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    private InputStream opened() throws IOException {
        InputStream content = in;
        if (content == null) {
            content = download.content().open();
            in = content;
        }
        return content;
    }

    private void finish() {
        close();
        response.end();
        request.resume();
    }

    private void fail(Exception reason) {
        close();
        if (response.headWritten()) {
            // Cut off, so that the client does not take what it has for the whole.
            LOG.errorf(reason, "A download breaks off with %d of %d bytes to send", left, download.length());
            response.reset();
            request.close();
        } else {
            request.resume(reason);
        }
    }

    private void close() {
        InputStream content = in;
        in = null;
        try {
            if (content != null) {
                content.close();
            }
        } catch (IOException e) {
            LOG.debugf(e, "A download's content does not close");
        }
    }
}
