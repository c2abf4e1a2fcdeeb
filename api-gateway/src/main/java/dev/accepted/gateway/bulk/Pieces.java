package dev.accepted.gateway.bulk;

import java.io.InputStream;
import java.util.Iterator;

/** Bytes that are made piece by piece as they are read. */
final class Pieces extends InputStream {

    private static final byte[] NOTHING = {};

    private final Iterator<byte[]> pieces;
    private byte[] piece = NOTHING;
    private int at;

    Pieces(Iterator<byte[]> pieces) {
        this.pieces = pieces;
    }

    @Override
    public int read() {
        return isOver() ? -1 : piece[at++] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) {
        if (most == 0) {
            return 0;
        }
        if (isOver()) {
            return -1;
        }
        int length = Math.min(most, piece.length - at);
        System.arraycopy(piece, at, into, from, length);
        at += length;
        return length;
    }

    private boolean isOver() {
        while (at == piece.length && pieces.hasNext()) {
            piece = pieces.next();
            at = 0;
        }
        return at == piece.length;
    }
}
