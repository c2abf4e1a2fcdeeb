package dev.accepted.gateway.submission;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** W3C trace context, version 00. */
final class Traceparent {

    private static final Pattern VALID = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private Traceparent() {}

    /** The header if it is valid: one that is not begins a new trace and is no error. */
    static @Nullable String validOrNull(@Nullable String header) {
        return header != null && VALID.matcher(header).matches() ? header : null;
    }
}
