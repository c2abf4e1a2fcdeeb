package dev.accepted.gateway.console;

import dev.accepted.gateway.conditional.EntityTags;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * One file of the console, whole and in memory. Immutable.
 *
 * @param tag strong, of its content
 */
record ConsoleFile(String contentType, String tag, byte[] content) {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /** @throws IllegalStateException if nobody has said of what type files of that ending are */
    static ConsoleFile of(String name, byte[] content) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalStateException("Of what type is the console's " + name + "?");
        }
        return new ConsoleFile(type, EntityTags.strong(digest(content)), content);
    }

    private static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    Buffer buffer() {
        return Buffer.buffer(content);
    }
}
