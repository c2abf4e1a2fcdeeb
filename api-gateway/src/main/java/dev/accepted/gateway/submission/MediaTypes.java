package dev.accepted.gateway.submission;

import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.streaming.ContentCoding;
import io.vertx.core.MultiMap;
import java.util.regex.Pattern;

/** What a body may be labelled as: JSON in UTF-8, as it is or by gzip. */
public final class MediaTypes {

    private static final Pattern JSON =
            Pattern.compile("(?i)application/json\\s*(;\\s*charset\\s*=\\s*(\"utf-8\"|utf-8)\\s*)?;?\\s*");

    private static final Pattern PATCH = Pattern.compile(
            "(?i)application/(merge-patch\\+)?json\\s*(;\\s*charset\\s*=\\s*(\"utf-8\"|utf-8)\\s*)?;?\\s*");

    private static final Pattern LINES = Pattern.compile(
            "(?i)application/(x-ndjson|jsonl|x-jsonlines)" + "\\s*(;\\s*charset\\s*=\\s*(\"utf-8\"|utf-8)\\s*)?;?\\s*");

    private MediaTypes() {}

    /**
     * Makes sure of it.
     *
     * @throws Problem 415 for another media type, charset or coding
     */
    public static void requireJson(MultiMap headers) {
        require(JSON, headers);
    }

    /** The same for what changes members of a resource: a merge patch (RFC 7396) is JSON too. */
    public static void requirePatch(MultiMap headers) {
        require(PATCH, headers);
    }

    /** Whether a body says that it is a line of JSON after the other. */
    public static boolean isLines(MultiMap headers) {
        String type = headers.get("Content-Type");
        return type != null && LINES.matcher(type.strip()).matches();
    }

    /** Makes sure that a body is JSON, or lines of it. */
    public static void requireJsonOrLines(MultiMap headers) {
        boolean lines = isLines(headers);
        require(lines ? LINES : JSON, headers);
        // Lines are read as they come, and nothing of them is kept that could be decoded.
        if (lines && ContentCoding.of(headers) != ContentCoding.IDENTITY) {
            throw Problems.unsupportedCoding("identity");
        }
    }

    private static void require(Pattern taken, MultiMap headers) {
        String type = headers.get("Content-Type");
        if (type == null || !taken.matcher(type.strip()).matches()) {
            throw Problems.unsupportedMediaType(
                    type == null
                            ? "The request has no Content-Type; send application/json."
                            : "Only application/json in UTF-8 is taken here.",
                    "application/json");
        }
        var unused = ContentCoding.of(headers);
    }
}
