package dev.accepted.gateway.problem;

import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The problems that more than one duty meets. */
public final class Problems {

    private static final String RETRY_AFTER = "Retry-After";
    private static final int LONGEST_TEXT = 255;

    private Problems() {}

    /** One of those that the status says it all. */
    public static Problem plain(int status, String detail) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return Problem.of(status, Problem.ABOUT_BLANK, known == null ? "Problem" : known.getReasonPhrase(), detail);
    }

    /** There is no such path. */
    public static Problem noSuchPath() {
        return plain(404, "Nothing is served at this path. /openapi lists what is.")
                .withHeader("Cache-Control", "no-store");
    }

    /** The path is there, the method is not. */
    public static Problem methodNotAllowed(String method, Set<String> allowed) {
        String list = String.join(", ", new TreeSet<>(allowed));
        return plain(405, method + " is not served here; these are: " + list + ".")
                .withHeader("Allow", list);
    }

    /** We cannot now; the client may in a few seconds. */
    public static Problem reducedCapacity(String detail, int retryAfterSeconds) {
        return Problem.of(503, "temporary-reduced-capacity", "Temporarily reduced capacity", detail)
                .withHeader(RETRY_AFTER, Integer.toString(retryAfterSeconds));
    }

    /**
     * Makes sure that a name or a reason in an address is one that operators can read.
     *
     * @throws Problem 400 naming the parameter, if it is blank, longer than {@value #LONGEST_TEXT} characters, or has a
     *     control character
     */
    public static void requireText(String parameter, String value) {
        if (value.isBlank() || value.length() > LONGEST_TEXT || value.chars().anyMatch(Character::isISOControl)) {
            throw Problem.of(
                            400,
                            "invalid-parameter",
                            "Invalid parameter",
                            "The " + parameter + " has 1 to " + LONGEST_TEXT
                                    + " characters, none of them a control character.")
                    .with("parameter", parameter);
        }
    }

    /** The body is larger than what is taken here. */
    public static Problem contentTooLarge(long maxBytes) {
        return Problem.of(
                        413,
                        "content-too-large",
                        "Content too large",
                        "The body is larger than the " + maxBytes + " bytes that are taken here.")
                .with("max_bytes", maxBytes);
    }

    /** The client takes nothing of what is served here. */
    public static Problem notAcceptable(List<String> available) {
        return Problem.of(
                        406,
                        "not-acceptable",
                        "Not acceptable",
                        "The Accept header excludes what is served here: " + String.join(", ", available) + ".")
                .with("available", available);
    }

    /** The body is labelled as something that is not taken here. */
    public static Problem unsupportedMediaType(String detail, String taken) {
        return Problem.of(415, "unsupported-media-type", "Unsupported media type", detail)
                .withHeader("Accept", taken);
    }

    /** The body stopped coming. */
    public static Problem bodyStalled(Duration patience) {
        return plain(408, "Nothing of the body came for " + patience.toSeconds() + " seconds, and it was not whole.")
                .withHeader("Connection", "close");
    }

    /** The body's framing does not read, so its end cannot be found. */
    public static Problem bodyBroken() {
        return plain(400, "The body's framing does not read: a chunk's size or end is wrong.")
                .withHeader("Connection", "close");
    }

    /** The body is coded in a way that is not taken here. */
    public static Problem unsupportedCoding() {
        return unsupportedCoding("gzip");
    }

    /** The same where only one coding is taken. */
    public static Problem unsupportedCoding(String taken) {
        return Problem.of(
                        415,
                        "unsupported-content-coding",
                        "Unsupported content coding",
                        taken.equals("identity")
                                ? "The body must come as it is."
                                : "The body must come as it is or with the Content-Encoding " + taken + ".")
                .withHeader("Accept-Encoding", taken);
    }

    /** The body says that it is gzip, and is not. */
    public static Problem malformedCoding() {
        return Problem.of(
                400,
                "malformed-content-coding",
                "Malformed content coding",
                "The body's Content-Encoding is gzip, and the body is no whole gzip stream.");
    }

    static Problem internalError() {
        return Problem.of(
                500,
                "internal-error",
                "Internal error",
                "This is a fault of the service. Its operators find it in their log by the request_id.");
    }
}
