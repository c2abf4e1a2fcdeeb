package dev.accepted.gateway.idempotency;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code Idempotency-Key} of a request: a structured field's string (RFC 9651), whose parameters say nothing here, or
 * a bare word.
 *
 * @param text 1 to {@value #LONGEST} printable ASCII characters, without the quotes
 */
public record IdempotencyKey(String text) {

    public static final String HEADER = "Idempotency-Key";

    private static final int LONGEST = 255;

    /** Each character may be escaped, and there may be some parameters. */
    private static final int LONGEST_HEADER = 1_024;

    private static final String CHARACTERS = "(?:[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]|\\\\[\"\\\\])*+";
    private static final String NUMBER = "-?\\d{1,15}(?:\\.\\d{1,3})?";
    private static final String WORD = "[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*";
    private static final String OTHER = ":[A-Za-z0-9+/=]*:|\\?[01]|@-?\\d{1,15}";
    private static final String ITEM = "(?:" + NUMBER + "|\"" + CHARACTERS + "\"|" + WORD + "|" + OTHER + ")";
    private static final String PARAMETERS = "(?:; *[a-z*][a-z0-9_.*-]*(?:=" + ITEM + ")?)*+";
    private static final Pattern QUOTED = Pattern.compile("\"(" + CHARACTERS + ")\"" + PARAMETERS);

    /** What people send unquoted: UUIDs, Base64, names; neither spaces nor what separates values of a field. */
    private static final Pattern BARE = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z:/=@-]+");

    /**
     * Reads the header.
     *
     * @param values one for each time it came
     * @return empty if it did not come
     * @throws dev.accepted.gateway.problem.Problem 400 for one that is none, and for several
     */
    public static Optional<IdempotencyKey> of(List<String> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw KeyRefusals.invalid("The header came " + values.size() + " times.");
        }
        String value = values.get(0).strip();
        if (value.length() > LONGEST_HEADER) {
            throw KeyRefusals.invalid("The header has " + value.length() + " characters.");
        }
        String text = read(value);
        if (text.isEmpty() || text.length() > LONGEST) {
            throw KeyRefusals.invalid("The key has " + text.length() + " characters.");
        }
        return Optional.of(new IdempotencyKey(text));
    }

    private static String read(String value) {
        Matcher quoted = QUOTED.matcher(value);
        if (quoted.matches()) {
            return quoted.group(1).replaceAll("\\\\(.)", "$1");
        }
        if (value.isEmpty() || BARE.matcher(value).matches()) {
            return value;
        }
        throw KeyRefusals.invalid("The key does not read.");
    }
}
