package dev.accepted.gateway.problem;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refusal, as the client will read it. Immutable; thrown from anywhere, written in one place.
 *
 * <p>The slug is the last part of its {@code type} address; {@value #ABOUT_BLANK} for those that the status says it all.
 */
public final class Problem extends RuntimeException {

    public static final String ABOUT_BLANK = "about:blank";

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String slug;
    private final String title;
    private final transient Map<String, Object> members;
    private final transient Map<String, String> headers;

    private Problem(
            int status,
            String slug,
            String title,
            String detail,
            Map<String, Object> members,
            Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.slug = slug;
        this.title = title;
        this.members = members;
        this.headers = headers;
    }

    /**
     * A refusal.
     *
     * @param status the HTTP status code
     * @param title the same words for every problem of this slug
     * @param detail what was wrong with this request, and what the client can do
     */
    public static Problem of(int status, String slug, String title, String detail) {
        return new Problem(status, slug, title, detail, Map.of(), Map.of());
    }

    /** The same with one more member in its body. */
    public Problem with(String member, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(status, slug, title, detail(), more, headers);
    }

    /** The same with one more header on its answer. */
    public Problem withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Problem(status, slug, title, detail(), members, more);
    }

    public int status() {
        return status;
    }

    public String slug() {
        return slug;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public Map<String, Object> members() {
        return members;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
