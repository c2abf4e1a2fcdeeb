package dev.accepted.gateway.preference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads one Prefer header by the grammar of RFC 7240, from left to right. What the grammar does not allow is passed over,
 * up to the next comma that is not quoted.
 */
final class PreferHeader {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private final String text;
    private int at;

    private PreferHeader(String text) {
        this.text = text;
    }

    /**
     * Each preference's value by its name in lower case, empty if it has none; parameters are left out, for no
     * preference that is known here has any. Of several of one name the first counts.
     *
     * @param headers in the order in which they came
     */
    static Map<String, String> read(List<String> headers) {
        Map<String, String> preferences = new LinkedHashMap<>();
        headers.forEach(header -> new PreferHeader(header).into(preferences));
        return preferences;
    }

    private void into(Map<String, String> preferences) {
        while (at < text.length()) {
            blanks();
            String name = token().toLowerCase(Locale.ROOT);
            String value = value();
            blanks();
            boolean whole = ends() || text.charAt(at) == ';';
            if (whole && !name.isEmpty()) {
                preferences.putIfAbsent(name, value);
            }
            toNext();
        }
    }

    /** What stands behind the equals sign, if there is one. */
    private String value() {
        blanks();
        if (ends() || text.charAt(at) != '=') {
            return "";
        }
        at++;
        blanks();
        return !ends() && text.charAt(at) == '"' ? quoted() : token();
    }

    private String token() {
        int from = at;
        while (at < text.length() && isTokenMark(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    /** What is quoted; nothing where the closing quote is missing. */
    private String quoted() {
        StringBuilder said = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            said.append(text.charAt(at));
        }
        at++;
        return at > text.length() ? "" : said.toString();
    }

    private void blanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    /** Whether this preference has nothing more to say. */
    private boolean ends() {
        return at >= text.length() || text.charAt(at) == ',';
    }

    private void toNext() {
        while (!ends()) {
            if (text.charAt(at) == '"') {
                var unused = quoted();
            } else {
                at++;
            }
        }
        at++;
    }

    private static boolean isTokenMark(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || TOKEN_MARKS.indexOf(c) >= 0;
    }
}
