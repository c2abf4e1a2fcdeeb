package dev.accepted.gateway.badinput;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request and the answer it must get.
 *
 * @param slug of the problem; empty for an answer that is none
 * @param headers by lower-case name, each a regular expression
 * @param members by JSON pointer, each a regular expression
 */
record Refused(Sent sent, int status, String slug, Map<String, String> headers, Map<String, String> members) {

    /** The slug of those whose status says it all. */
    static final String BLANK = "about:blank";

    Refused header(String name, String pattern) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, pattern);
        return new Refused(sent, status, slug, more, members);
    }

    Refused member(String pointer, String pattern) {
        Map<String, String> more = new LinkedHashMap<>(members);
        more.put(pointer, pattern);
        return new Refused(sent, status, slug, headers, more);
    }

    /** Whether it is refused at all. */
    boolean isProblem() {
        return !slug.isEmpty();
    }

    @Override
    public String toString() {
        return sent + " → " + status + " " + slug;
    }
}
