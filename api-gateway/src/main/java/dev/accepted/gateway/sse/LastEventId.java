package dev.accepted.gateway.sse;

import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The version that a client had when its stream broke off. */
final class LastEventId {

    private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}");

    private LastEventId() {}

    /** Empty for a client that has seen nothing; what is no version of ours counts as nothing. */
    static OptionalInt of(@Nullable String header) {
        return header != null && VERSION.matcher(header.strip()).matches()
                ? OptionalInt.of(Integer.parseInt(header.strip()))
                : OptionalInt.empty();
    }
}
