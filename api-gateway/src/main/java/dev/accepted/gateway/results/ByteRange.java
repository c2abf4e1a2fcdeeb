package dev.accepted.gateway.results;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of an object, both ends inclusive. Of the {@code Range} header one byte range is honoured; several, or another
 * unit, are passed over, as RFC 9110 allows.
 */
record ByteRange(long first, long last) {

    private static final Pattern SINGLE = Pattern.compile("bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})");

    /** What a request asks for. */
    enum Kind {
        WHOLE,
        PART,
        UNSATISFIABLE
    }

    /** A request's answer: the whole, a part, or neither. */
    record Asked(Kind kind, ByteRange range) {

        private static Asked whole(long size) {
            return new Asked(Kind.WHOLE, new ByteRange(0, size - 1));
        }
    }

    long length() {
        return last - first + 1;
    }

    static Asked of(@Nullable String header, long size) {
        Optional<Matcher> single = Optional.ofNullable(header)
                .map(text -> SINGLE.matcher(text.strip()))
                .filter(Matcher::matches);
        if (single.isEmpty()) {
            return Asked.whole(size);
        }
        String from = single.get().group(1);
        String to = single.get().group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? Asked.whole(size) : suffix(Long.parseLong(to), size);
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(to));
        if (!to.isEmpty() && Long.parseLong(to) < first) {
            return Asked.whole(size);
        }
        return new Asked(first < size ? Kind.PART : Kind.UNSATISFIABLE, new ByteRange(first, last));
    }

    private static Asked suffix(long length, long size) {
        long first = Math.max(0, size - length);
        return new Asked(length > 0 && size > 0 ? Kind.PART : Kind.UNSATISFIABLE, new ByteRange(first, size - 1));
    }
}
