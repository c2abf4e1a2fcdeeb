package dev.accepted.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.terminal.ExitCode;
import dev.accepted.cli.terminal.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What a gateway did not do, by its own words (RFC 9457). */
public final class Refused extends Refusal {

    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private final int status;
    private final String slug;
    private final transient JsonNode problem;
    private final transient Optional<Duration> retryAfter;

    private Refused(Answer answer, JsonNode problem, String slug) {
        super(ProblemText.of(answer, problem, slug), exitCode(answer.status()));
        this.status = answer.status();
        this.slug = slug;
        this.problem = problem;
        this.retryAfter = answer.retryAfter();
    }

    static Refused by(Answer answer) {
        JsonNode problem = read(answer);
        String type = problem.path("type").asText();
        return new Refused(answer, problem, type.substring(type.lastIndexOf('/') + 1));
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The last word of the problem's type, {@code job-not-found}; empty or {@code about:blank} where there is none. */
    public String slug() {
        return slug;
    }

    /** The problem as it was sent; missing when what answered was none. */
    public JsonNode problem() {
        return problem;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Whether the same request may be taken later. */
    boolean mayPass() {
        return PASSING.contains(status) || slug.equals("idempotency-in-progress");
    }

    private static ExitCode exitCode(int status) {
        return status >= 500 ? ExitCode.NO_ANSWER : ExitCode.REFUSED;
    }

    private static JsonNode read(Answer answer) {
        try {
            JsonNode body = Json.read(answer.body());
            return body.isObject() ? body : MissingNode.getInstance();
        } catch (IOException notOurs) {
            return MissingNode.getInstance();
        }
    }
}
