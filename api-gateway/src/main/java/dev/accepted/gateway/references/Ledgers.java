package dev.accepted.gateway.references;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** Ledgers: CSV with a row a department and month, kept as CSV with its columns in one order. */
final class Ledgers implements Csv.Rows {

    static final List<String> COLUMNS = List.of("department", "month", "revenue", "expense");

    private static final int MOST_DEPARTMENTS = 1_000;
    private static final Pattern MONTH = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])");
    private static final Pattern AMOUNT = Pattern.compile("-?\\d{1,15}(\\.\\d{1,6})?");

    private final String year;
    private final CSVPrinter canonical;
    private final RowErrors errors = new RowErrors();
    private final Set<String> departments = new LinkedHashSet<>();
    private long entries;

    private Ledgers(String year, CSVPrinter canonical) {
        this.year = year;
        this.canonical = canonical;
    }

    /** Writes the rows of one year into their canonical form. */
    static Canonical ofCsv(InputStream body, String year, Canonical into) throws IOException {
        try (CSVPrinter canonical =
                new CSVPrinter(new OutputStreamWriter(into.write(), StandardCharsets.UTF_8), Csv.OUTPUT)) {
            canonical.printRecord(COLUMNS);
            Ledgers ledger = new Ledgers(year, canonical);
            Csv.read(body, ledger);
            if (ledger.entries == 0) {
                ledger.errors.add("/line/2", "The ledger has no row.", "minItems");
            }
            ledger.errors.throwIfAny();
            return into.of(ledger.entries, new ArrayList<>(ledger.departments));
        }
    }

    @Override
    public void header(List<String> columns) {
        for (String column : COLUMNS) {
            if (!columns.contains(column)) {
                errors.add("/line/1", "The header has no column " + column + ".", "required");
            }
        }
        errors.throwIfAny();
    }

    @Override
    public void row(CSVRecord row, String pointer) throws IOException {
        entries++;
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
        amount(row, "revenue", pointer);
        amount(row, "expense", pointer);
        canonical.printRecord(COLUMNS.stream().map(row::get));
    }

    private void amount(CSVRecord row, String column, String pointer) {
        if (!AMOUNT.matcher(row.get(column)).matches()) {
            errors.add(pointer + "/" + column, "A decimal number, as 1234.50, is expected.", "pattern");
        }
    }
}
