package dev.accepted.gateway.references;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A recipient list's canonical form while it grows, and what is wrong with its rows. */
final class RecipientLines implements AutoCloseable {

    static final int MOST = 100_000;

    private static final String EMAIL = "email";
    private static final int MOST_COLUMNS = 100;
    private static final int LONGEST_NAME = 128;

    /** Only what can be no address at all: whether it takes mail is found out by sending. */
    private static final Pattern ADDRESS = Pattern.compile("[^\\s\\p{Cntrl}]{1,64}@[^\\s\\p{Cntrl}@]{1,255}");

    private final JsonGenerator json;
    private final RowErrors errors = new RowErrors();
    private final Set<String> columns = new LinkedHashSet<>(List.of(EMAIL));
    private long count;

    RecipientLines(OutputStream out) throws IOException {
        json = new JsonFactory().createGenerator(out);
        json.setRootValueSeparator(new SerializedString("\n"));
    }

    /** Notes that a row is not taken. */
    void refuse(String pointer, String detail, String code) {
        errors.add(pointer, detail, code);
    }

    /** Takes a recipient's values by column. */
    void add(Map<String, String> row, String pointer) throws IOException {
        if (++count > MOST) {
            errors.add(pointer, "A list has at most 100,000 recipients.", "maxItems");
            errors.throwIfAny();
        }
        String email = row.getOrDefault(EMAIL, "").strip();
        if (email.isEmpty()) {
            errors.add(pointer + "/" + EMAIL, "A recipient has an e-mail address.", "required");
        } else if (!ADDRESS.matcher(email).matches()) {
            errors.add(pointer + "/" + EMAIL, "This is no e-mail address.", "format");
        }
        names(row.keySet(), pointer);
        json.writeStartObject();
        json.writeStringField(EMAIL, email);
        for (Map.Entry<String, String> value : row.entrySet()) {
            if (!value.getKey().equals(EMAIL)) {
                json.writeStringField(value.getKey(), value.getValue());
            }
        }
        json.writeEndObject();
    }

    private void names(Set<String> row, String pointer) {
        for (String name : row) {
            if (columns.add(name) && (name.isBlank() || name.length() > LONGEST_NAME)) {
                errors.add(pointer, "A column's name has 1 to 128 characters.", "propertyNames");
            }
        }
        if (columns.size() > MOST_COLUMNS) {
            errors.add(pointer, "A list has at most 100 columns.", "maxProperties");
            errors.throwIfAny();
        }
    }

    /** Ends the list; returns the number of its recipients. */
    long finish() throws IOException {
        errors.throwIfAny();
        if (count > 0) {
            json.writeRaw('\n');
        }
        return count;
    }

    /** All names that rows have, {@code email} first. */
    List<String> columns() {
        return new ArrayList<>(columns);
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
