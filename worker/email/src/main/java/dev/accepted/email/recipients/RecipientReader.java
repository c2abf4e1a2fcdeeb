package dev.accepted.email.recipients;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.accepted.engine.Reference;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a list of the form NDJSON, one object of string members a line, one line at a time. */
public final class RecipientReader implements Closeable {

    private static final ObjectReader LINES =
            JsonMapper.builder().build().readerFor(new TypeReference<Map<String, @Nullable String>>() {});

    private final MappingIterator<Map<String, @Nullable String>> lines;
    private int line;

    private RecipientReader(MappingIterator<Map<String, @Nullable String>> lines) {
        this.lines = lines;
    }

    /** Reads the list from its beginning. */
    public static RecipientReader of(Reference list) throws IOException {
        return new RecipientReader(LINES.readValues(list.open()));
    }

    public boolean hasNext() throws IOException {
        return lines.hasNextValue();
    }

    /** The next line; call {@link #hasNext} first. */
    public Recipient next() throws IOException {
        if (!lines.hasNextValue()) {
            throw new NoSuchElementException("The list has " + line + " lines");
        }
        Map<String, @Nullable String> columns = lines.nextValue();
        return recipient(line++, columns);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private static Recipient recipient(int line, Map<String, @Nullable String> columns) {
        String email = Objects.requireNonNullElse(columns.get("email"), "");
        try {
            return new Recipient.Reachable(line, columns, Mailbox.of(email));
        } catch (BadAddress e) {
            return new Recipient.Unreachable(line, columns, email, e.reason());
        }
    }
}
