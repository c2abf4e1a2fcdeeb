package dev.accepted.gateway.streaming;

import java.io.IOException;
import java.io.InputStream;

/**
 * The body of an answer, read as the client takes it: hand it to a {@code Response} as its entity.
 *
 * @param content opened when the answer begins, closed when it ends, however that is
 * @param length bytes to send, at least 1
 */
public record Download(Content content, long length) {

    /** Opens the bytes; may block. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }
}
