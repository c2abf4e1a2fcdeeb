package dev.accepted.cli.demo;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a downloaded result is called. */
final class ResultFile {

    private static final Pattern FILENAME =
            Pattern.compile("(?:^|;)\\s*filename=(?:\"([^\"]*)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);

    private ResultFile() {}

    /**
     * The name in a {@code Content-Disposition}, as far as it is a plain file name; else {@code fallback}.
     *
     * <p>A name from the network chooses no directory, hides no file and is not empty.
     */
    static String name(Optional<String> disposition, String fallback) {
        return disposition
                .map(FILENAME::matcher)
                .filter(Matcher::find)
                .map(found -> Optional.ofNullable(found.group(1)).orElseGet(() -> found.group(2)))
                .filter(name -> name.matches("[\\w][\\w. -]*"))
                .orElse(fallback);
    }
}
