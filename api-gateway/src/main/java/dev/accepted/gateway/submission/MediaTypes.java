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

    private MediaTypes() {}

    /**
     * Makes sure of it.
     *
     * @throws Problem 415 for another media type, charset or coding
     */
    public static void requireJson(MultiMap headers) {
        String type = headers.get("Content-Type");
        if (type == null || !JSON.matcher(type.strip()).matches()) {
            throw Problems.unsupportedMediaType(
                    type == null
                            ? "The request has no Content-Type; send application/json."
                            : "Only application/json in UTF-8 is taken here.",
                    "application/json");
        }
        var unused = ContentCoding.of(headers);
    }
}
