package dev.accepted.email.rendering;

/** What a value must undergo so that it stays a value where it is put. */
public enum Escaping {

    /** For {@code text/plain}: nothing can be broken there. */
    NONE {
        @Override
        void append(String value, StringBuilder to) {
            to.append(value);
        }
    },

    /** For {@code text/html}: in text, and in attributes that stand in quotes. */
    HTML {
        @Override
        void append(String value, StringBuilder to) {
            for (int i = 0; i < value.length(); i++) {
                appendHtml(value.charAt(i), to);
            }
        }
    },

    /** For a header: a line break or another control character becomes a space. */
    HEADER {
        @Override
        void append(String value, StringBuilder to) {
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                to.append(breaksLine(c) ? ' ' : c);
            }
        }
    };

    abstract void append(String value, StringBuilder to);

    private static boolean breaksLine(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    private static void appendHtml(char c, StringBuilder to) {
        switch (c) {
            case '&' -> to.append("&amp;");
            case '<' -> to.append("&lt;");
            case '>' -> to.append("&gt;");
            case '"' -> to.append("&quot;");
            case '\'' -> to.append("&#39;");
            default -> to.append(c);
        }
    }
}
