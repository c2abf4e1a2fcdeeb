package dev.accepted.reports.figures;

import java.util.List;

/** Names in a sentence. */
public final class Listing {

    private Listing() {}

    /** {@code a, b and c}; what is beyond the limit is only counted: {@code a, b and 7 more}. */
    public static String of(List<String> names, int atMost) {
        if (names.size() <= 1) {
            return String.join("", names);
        }
        boolean whole = names.size() <= atMost;
        int shown = whole ? names.size() - 1 : atMost;
        String last = whole ? names.get(shown) : (names.size() - shown) + " more";
        return String.join(", ", names.subList(0, shown)) + " and " + last;
    }
}
