package dev.accepted.cli.terminal;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is known of one thing: a name and a value on each line. */
public final class Facts {

    private final Map<String, String> facts = new LinkedHashMap<>();

    /** Adds one; an empty value is not shown. */
    public Facts add(String name, String value) {
        if (!value.isEmpty()) {
            facts.put(name, Plain.text(value));
        }
        return this;
    }

    /** Prints them with their values aligned. */
    public void print(PrintWriter out) {
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
        facts.forEach((name, value) -> out.println(name + " ".repeat(width - name.length() + 2) + value));
        out.flush();
    }
}
