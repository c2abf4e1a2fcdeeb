package dev.accepted.gateway.references;

import dev.accepted.gateway.problem.Problem;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The media types that reference data comes and goes as; JSON first, which is what a client without a wish gets. */
enum Format {
    JSON("application/json"),
    CSV("text/csv");

    private final String type;

    Format(String type) {
        this.type = type;
    }

    /** What a body is.  {@link Problem} 415 if that is none of those taken or not UTF-8. */
    static Format ofBody(@Nullable String contentType, Set<Format> taken) {
        return parsed(contentType)
                .filter(Format::isUtf8)
                .flatMap(sent -> taken.stream()
                        .filter(format -> sent.isCompatible(format.mediaType()))
                        .findFirst())
                .orElseThrow(() -> unsupported(taken));
    }

    private static Optional<MediaType> parsed(@Nullable String contentType) {
        try {
            return Optional.ofNullable(contentType).map(MediaType::valueOf).filter(type -> !type.isWildcardSubtype());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isUtf8(MediaType sent) {
        String charset = sent.getParameters().get(MediaType.CHARSET_PARAMETER);
        return charset == null || charset.toLowerCase(Locale.ROOT).equals("utf-8");
    }

    private static Problem unsupported(Set<Format> taken) {
        String list = taken.stream().map(format -> format.type).sorted().collect(Collectors.joining(", "));
        return Problem.of(
                        415,
                        "unsupported-media-type",
                        "Unsupported media type",
                        "What is taken here, in UTF-8: " + list + ".")
                .withHeader("Accept", list);
    }

    /** What a client wants. {@link Problem} 406 if that is neither. */
    static Format wanted(List<MediaType> acceptable) {
        for (MediaType range : acceptable) {
            for (Format format : values()) {
                if (range.isCompatible(format.mediaType())) {
                    return format;
                }
            }
        }
        throw Problem.of(
                        406,
                        "not-acceptable",
                        "Not acceptable",
                        "This is served as JSON or as CSV, which the Accept header excludes.")
                .with(
                        "available",
                        Arrays.stream(values()).map(format -> format.type).toList());
    }

    private MediaType mediaType() {
        return MediaType.valueOf(type);
    }

    /** The type of an answer. */
    MediaType contentType() {
        return this == CSV ? mediaType().withCharset("utf-8") : mediaType();
    }
}
