package dev.accepted.cli.gateway;

import dev.accepted.cli.terminal.ExitCode;
import dev.accepted.cli.terminal.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request, before it is known whom it goes to.
 *
 * @param reference a path with its query, seen from the gateway, or an absolute address
 * @param body empty: none
 * @param timeout until all of the answer is here
 */
public record Call(String method, String reference, Map<String, String> headers, byte[] body, Duration timeout) {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final byte[] NOTHING = {};

    /** A GET. */
    public static Call get(String reference) {
        return of("GET", reference);
    }

    /** A request of that method without a body. */
    public static Call of(String method, String reference) {
        return new Call(method, reference, Map.of("Accept", "application/json"), NOTHING, TIMEOUT);
    }

    /** The same with a body of JSON. */
    public Call json(byte[] json) {
        return new Call(method, reference, headers, json, timeout).with("Content-Type", "application/json");
    }

    /** The same with a header more, or another value of one. */
    public Call with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Call(method, reference, Map.copyOf(more), body, timeout);
    }

    /** The same with more or less patience. */
    public Call within(Duration patience) {
        return new Call(method, reference, headers, body, patience);
    }

    /**
     * A word of the user's as one segment of a path.
     *
     * @throws Refusal when it can be none
     */
    public static String segment(String word) {
        if (word.isBlank() || word.equals(".") || word.equals("..")) {
            throw new Refusal("'" + word + "' names nothing. Nothing was sent.", ExitCode.NOT_UNDERSTOOD);
        }
        return value(word);
    }

    /** A word of the user's as the value of a query parameter. */
    public static String value(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
