package dev.accepted.gateway.conditional;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code If-None-Match} and {@code If-Match}: {@code *}, or a list of entity tags. */
public final class EntityTags {

    private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7e\\x80-\\uffff]*)\"");

    private EntityTags() {}

    /** The strong tag of an opaque value, quoted as it stands in the header. */
    public static String strong(Object opaque) {
        return "\"" + opaque + "\"";
    }

    /** The weak tag of what means the same as what has the strong one, and is written differently. */
    public static String weak(Object opaque) {
        return "W/" + strong(opaque);
    }

    /** Whether {@code If-None-Match} names the current tag, by weak comparison: the answer is then 304. */
    public static boolean ifNoneMatchHolds(@Nullable String header, String current) {
        return header != null && (header.strip().equals("*") || lists(header, current, true));
    }

    /**
     * Whether {@code If-Match} lets a change pass, by strong comparison.
     *
     * @param current null if there is nothing yet
     */
    public static boolean ifMatchHolds(String header, @Nullable String current) {
        return current != null && (header.strip().equals("*") || lists(header, current, false));
    }

    private static boolean lists(String header, String current, boolean weakly) {
        Matcher tags = TAG.matcher(header);
        while (tags.find()) {
            boolean comparable = weakly || tags.group(1) == null;
            if (comparable && strong(tags.group(2)).equals(current)) {
                return true;
            }
        }
        return false;
    }
}
