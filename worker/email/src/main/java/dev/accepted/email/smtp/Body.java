package dev.accepted.email.smtp;

import jakarta.mail.util.StreamProvider;
import jakarta.mail.util.StreamProvider.EncoderTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A mail's text as it goes over the wire.
 *
 * @param encoding the Content-Transfer-Encoding
 */
record Body(byte[] bytes, EncoderTypes encoding) {

    private static final int LONGEST_LINE = 998;

    static Body of(String text, StreamProvider streams) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        EncoderTypes encoding = encodingFor(utf8);
        ByteArrayOutputStream encoded = new ByteArrayOutputStream(utf8.length + utf8.length / 2);
        try (OutputStream out = encoder(encoding, encoded, streams)) {
            out.write(utf8);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail to be written", e);
        }
        return new Body(encoded.toByteArray(), encoding);
    }

    private static OutputStream encoder(EncoderTypes encoding, OutputStream to, StreamProvider streams) {
        return switch (encoding) {
            case BASE_64 -> streams.outputBase64(to);
            case QUOTED_PRINTABLE_ENCODER -> streams.outputQP(to);
            default -> to;
        };
    }

    /** As readable as can be: encoded only where it must be, and unreadably only where most of it is not ASCII. */
    private static EncoderTypes encodingFor(byte[] utf8) {
        int foreign = 0;
        int line = 0;
        int longest = 0;
        boolean control = false;
        for (byte b : utf8) {
            foreign += b < 0 ? 1 : 0;
            control |= isControl(b);
            line = b == '\n' ? 0 : line + 1;
            longest = Math.max(longest, line);
        }
        if (foreign > utf8.length / 2) {
            return EncoderTypes.BASE_64;
        }
        return foreign > 0 || control || longest > LONGEST_LINE
                ? EncoderTypes.QUOTED_PRINTABLE_ENCODER
                : EncoderTypes.BIT7_ENCODER;
    }

    private static boolean isControl(byte b) {
        return b == 0x7F || (b >= 0 && b < ' ' && b != '\t' && b != '\r' && b != '\n');
    }
}
