package dev.accepted.email.rendering;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A text with placeholders, parsed once and rendered for each recipient. Immutable. */
public final class Template {

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    private final List<Part> parts;
    private final Escaping escaping;

    private Template(List<Part> parts, Escaping escaping) {
        this.parts = List.copyOf(parts);
        this.escaping = escaping;
    }

    /**
     * Reads a text.
     *
     * @throws TemplateFlaw if a placeholder is not closed or has no name
     */
    public static Template parse(String source, Escaping escaping) throws TemplateFlaw {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        for (int open; (open = source.indexOf(OPEN, from)) >= 0; ) {
            int close = source.indexOf(CLOSE, open);
            if (close < 0) {
                throw new TemplateFlaw("The placeholder opened in line " + lineOf(source, open) + " is never closed.");
            }
            String name = source.substring(open + OPEN.length(), close).strip();
            if (name.isEmpty()) {
                throw new TemplateFlaw("The placeholder in line " + lineOf(source, open) + " names no column.");
            }
            parts.add(new Literal(source.substring(from, open)));
            parts.add(new Placeholder(name));
            from = close + CLOSE.length();
        }
        parts.add(new Literal(source.substring(from)));
        return new Template(parts, escaping);
    }

    /** The columns it asks for, in the order of their first appearance. */
    public Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        for (Part part : parts) {
            if (part instanceof Placeholder placeholder) {
                columns.add(placeholder.column());
            }
        }
        return columns;
    }

    /**
     * Fills in one recipient's columns; one that is missing becomes nothing.
     *
     * @param limit the longest text wanted, in characters: a few long values can make a short template huge
     * @throws TemplateFlaw if the text would be longer
     */
    public String render(Map<String, ? extends @Nullable String> columns, int limit) throws TemplateFlaw {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            part.append(columns, escaping, text);
            if (text.length() > limit) {
                throw new TemplateFlaw("The rendered text is longer than " + limit + " characters.");
            }
        }
        return text.toString();
    }

    private static long lineOf(String source, int index) {
        return source.substring(0, index).chars().filter(c -> c == '\n').count() + 1;
    }

    private sealed interface Part {
        void append(Map<String, ? extends @Nullable String> columns, Escaping escaping, StringBuilder to);
    }

    private record Literal(String text) implements Part {
        @Override
        public void append(Map<String, ? extends @Nullable String> columns, Escaping escaping, StringBuilder to) {
            to.append(text);
        }
    }

    private record Placeholder(String column) implements Part {
        @Override
        public void append(Map<String, ? extends @Nullable String> columns, Escaping escaping, StringBuilder to) {
            String value = columns.get(column);
            if (value != null) {
                escaping.append(value, to);
            }
        }
    }
}
