package dev.accepted.gateway.preference;

import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client prefers, as far as it is known here. Nothing that a client writes is an error: what does not read is
 * left out, and what is too much is less.
 *
 * @param patience how long it would wait for the job's end, or for news of it; zero: not at all
 * @param async whether it asks not to be kept waiting for the end
 * @param minimal whether it wants no more than it needs
 */
public record Preferences(Duration patience, boolean async, boolean minimal) {

    /** Longer than this no answer is waited for. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** Nothing is preferred. */
    public static final Preferences NONE = new Preferences(Duration.ZERO, false, false);

    /** Numbers of more digits are beyond the longest wait, whatever they are. */
    private static final Pattern SECONDS = Pattern.compile("0*([0-9]{1,9})|[0-9]+");

    /** What this request's Prefer headers say. */
    public static Preferences of(RoutingContext context) {
        List<String> headers = context.request().headers().getAll("Prefer");
        return headers.isEmpty() ? NONE : of(headers);
    }

    static Preferences of(List<String> headers) {
        Map<String, String> said = PreferHeader.read(headers);
        return new Preferences(
                patience(said.getOrDefault("wait", "")),
                "".equals(said.get("respond-async")),
                "minimal".equals(said.get("return")));
    }

    private static Duration patience(String said) {
        Matcher seconds = SECONDS.matcher(said);
        if (!seconds.matches()) {
            return Duration.ZERO;
        }
        String few = seconds.group(1);
        Duration wanted = few == null ? LONGEST_WAIT : Duration.ofSeconds(Long.parseLong(few));
        return wanted.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wanted;
    }

    /** Whether the client would rather wait than be answered at once. */
    public boolean waits() {
        return !patience.isZero();
    }

    /** How {@code Preference-Applied} names the wait. */
    public String waitApplied() {
        return "wait=" + patience.toSeconds();
    }

    /** What {@code Preference-Applied} says of an answer that can be waited for and be short; empty: nothing. */
    public Optional<String> applied() {
        List<String> applied = new ArrayList<>();
        if (waits()) {
            applied.add(waitApplied());
        }
        if (minimal) {
            applied.add(Minimal.APPLIED);
        }
        return applied.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", applied));
    }
}
