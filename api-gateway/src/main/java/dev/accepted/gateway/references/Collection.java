package dev.accepted.gateway.references;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.regex.Pattern;

/** The collections there are: what names they take, what bodies, and how these are read. */
enum Collection {
    RECIPIENT_LISTS("recipient-lists", "[A-Za-z0-9._-]{1,128}") {
        @Override
        Set<Format> formats() {
            return Set.of(Format.CSV, Format.JSON);
        }

        @Override
        Canonical read(InputStream body, Format format, String name, Canonical into) throws IOException {
            return format == Format.CSV ? RecipientLists.ofCsv(body, into) : RecipientLists.ofJson(body, into);
        }
    },

    LEDGERS("ledgers", "(19|20|21)\\d\\d|2200") {
        @Override
        Set<Format> formats() {
            return Set.of(Format.CSV);
        }

        @Override
        Canonical read(InputStream body, Format format, String name, Canonical into) throws IOException {
            return Ledgers.ofCsv(body, name, into);
        }
    };

    private final String path;
    private final Pattern names;

    Collection(String path, String names) {
        this.path = path;
        this.names = Pattern.compile(names);
    }

    /** Its name in paths, in the table and in job types' references. */
    String path() {
        return path;
    }

    boolean takesName(String name) {
        return names.matcher(name).matches();
    }

    /** What a body may be. */
    abstract Set<Format> formats();

    /** Checks a body and writes its canonical form. */
    abstract Canonical read(InputStream body, Format format, String name, Canonical into) throws IOException;
}
