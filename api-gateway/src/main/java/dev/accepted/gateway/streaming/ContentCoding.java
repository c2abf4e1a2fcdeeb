package dev.accepted.gateway.streaming;

import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import io.vertx.core.MultiMap;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** How a body is coded: as it is, or by gzip. */
public enum ContentCoding {
    IDENTITY,
    GZIP;

    /** The coding of a request's body; a {@link Problem} 415 for any other. */
    public static ContentCoding of(MultiMap headers) {
        List<String> codings = headers.getAll("Content-Encoding");
        if (codings.isEmpty()) {
            return IDENTITY;
        }
        String coding = codings.size() == 1 ? codings.get(0).strip().toLowerCase(Locale.ROOT) : "several";
        return switch (coding) {
            case "", "identity" -> IDENTITY;
            case "gzip", "x-gzip" -> GZIP;
            default -> throw Problems.unsupportedCoding();
        };
    }

    /**
     * The body without its coding, read as it is decoded: its size is known to nobody before, so reading fails with a
     * {@link Problem} 413 at the first byte too many, and with a {@link Problem} 400 where it is no gzip.
     */
    public InputStream decode(InputStream body, long maxBytes) throws IOException {
        return this == IDENTITY ? body : new Limited(body, maxBytes);
    }

    /** However much a small body would make of itself, no more than the limit is ever made. */
    private static final class Limited extends InputStream {

        private static final int BUFFER = 8 * 1024;

        private final GZIPInputStream decoded;
        private final long maxBytes;
        private long left;

        Limited(InputStream coded, long maxBytes) throws IOException {
            this.maxBytes = maxBytes;
            this.left = maxBytes;
            try {
                decoded = new GZIPInputStream(coded, BUFFER);
            } catch (ZipException | EOFException e) {
                throw Problems.malformedCoding();
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int count = decoded.read(into, offset, length);
                left -= Math.max(0, count);
                if (left < 0) {
                    throw Problems.contentTooLarge(maxBytes);
                }
                return count;
            } catch (ZipException | EOFException e) {
                throw Problems.malformedCoding();
            }
        }

        @Override
        public void close() throws IOException {
            decoded.close();
        }
    }
}
