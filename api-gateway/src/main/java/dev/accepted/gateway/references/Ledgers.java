package dev.accepted.gateway.references;

import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** Ledgers: CSV with a row a department and month, kept as CSV with its columns in one order. */
@Singleton
class Ledgers {

    static final List<String> COLUMNS = List.of("department", "month", "revenue", "expense");

    private static final int MOST_DEPARTMENTS = 1_000;
    private static final Pattern MONTH = Pattern.compile("(\\d{4})-(0[1-9]|1[0-2])");
    private static final Pattern AMOUNT = Pattern.compile("[+-]?\\d{1,15}(\\.\\d{1,6})?");

    /** Takes the rows of one year. */
    Canonical ofCsv(byte[] body, String year) throws IOException {
        RowErrors errors = new RowErrors();
        ByteArrayOutputStream content = new ByteArrayOutputStream(body.length + 64);
        Set<String> departments = new HashSet<>();
        long entries = 0;
        try (Reader text = Csv.text(body);
                CSVParser rows = Csv.INPUT.parse(text);
                Writer out = new OutputStreamWriter(content, StandardCharsets.UTF_8);
                CSVPrinter canonical = new CSVPrinter(out, Csv.OUTPUT)) {
            for (String column : COLUMNS) {
                if (!Csv.header(rows).contains(column)) {
                    errors.add("/line/1", "The header has no column " + column + ".", "required");
                }
            }
            errors.throwIfAny();
            canonical.printRecord(COLUMNS);
            for (CSVRecord row : rows) {
                check(row, "/line/" + rows.getCurrentLineNumber(), year, departments, errors);
                if (errors.isFull()) {
                    break;
                }
                if (row.isConsistent()) {
                    entries++;
                    canonical.printRecord(COLUMNS.stream().map(row::get));
                }
            }
        }
        if (entries == 0) {
            errors.add("/line/2", "The ledger has no row.", "minItems");
        }
        errors.throwIfAny();
        return new Canonical(content.toByteArray(), entries, COLUMNS);
    }

    private static void check(CSVRecord row, String pointer, String year, Set<String> departments, RowErrors errors) {
        if (!row.isConsistent()) {
            errors.add(pointer, "The row has another number of fields than the header.", "ragged");
            return;
        }
        departments.add(row.get("department"));
        if (row.get("department").isBlank()) {
            errors.add(pointer + "/department", "A row has a department.", "required");
        } else if (departments.size() > MOST_DEPARTMENTS) {
            errors.add(pointer + "/department", "A ledger has at most 1,000 departments.", "maxItems");
        }
        if (!MONTH.matcher(row.get("month")).matches() || !row.get("month").startsWith(year + "-")) {
            errors.add(pointer + "/month", "A month of " + year + ", as " + year + "-01, is expected.", "pattern");
        }
        amount(row, "revenue", pointer, errors);
        amount(row, "expense", pointer, errors);
    }

    private static void amount(CSVRecord row, String column, String pointer, RowErrors errors) {
        if (!AMOUNT.matcher(row.get(column)).matches()) {
            errors.add(pointer + "/" + column, "A decimal number, as 1234.50, is expected.", "pattern");
        }
    }
}
