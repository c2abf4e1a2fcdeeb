package dev.accepted.gateway.submission;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Whether bytes are UTF-8. The parser would take UTF-16 and UTF-32 too, and lets some invalid sequences through. */
final class Utf8 {

    private static final int WIDEST_UNIT = 4;

    private Utf8() {}

    /** @throws dev.accepted.gateway.problem.Problem 400 with the place of the first byte that is not UTF-8 */
    static void require(byte[] body) {
        for (int i = 0; i < Math.min(WIDEST_UNIT, body.length); i++) {
            if (body[i] == 0) {
                throw JsonReader.malformed("The body is not UTF-8: it begins as UTF-16 or UTF-32 does.", 1, i + 1);
            }
        }
        if (!ByteBufUtil.isText(Unpooled.wrappedBuffer(body), StandardCharsets.UTF_8)) {
            int valid = validPrefix(body);
            int line = 1;
            int lineStart = 0;
            for (int i = 0; i < valid; i++) {
                if (body[i] == '\n') {
                    line++;
                    lineStart = i + 1;
                }
            }
            throw JsonReader.malformed("The body is not UTF-8.", line, valid - lineStart + 1);
        }
    }

    private static int validPrefix(byte[] body) {
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer scratch = CharBuffer.allocate(4096);
        var decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(bytes, scratch, true);
        while (result.isOverflow()) {
            scratch.clear();
            result = decoder.decode(bytes, scratch, true);
        }
        return bytes.position();
    }
}
