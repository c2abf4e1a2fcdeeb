package dev.accepted.gateway.references;

import dev.accepted.gateway.problem.Problems;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses a line that is longer than anybody's memory should have to hold. */
final class LineLimit extends FilterInputStream {

    static final long MOST_BYTES = 10L << 20;

    private long length;

    LineLimit(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            count((byte) value);
        }
        return value;
    }

    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
        int read = super.read(into, offset, most);
        for (int i = offset; i < offset + read; i++) {
            count(into[i]);
        }
        return read;
    }

    private void count(byte value) {
        length = value == '\n' ? 0 : length + 1;
        if (length > MOST_BYTES) {
            throw Problems.contentTooLarge(MOST_BYTES);
        }
    }
}
