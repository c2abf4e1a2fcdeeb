package dev.accepted.reports.ledger;

import static java.util.Objects.requireNonNull;

import dev.accepted.engine.PermanentFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Month;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a ledger line by line; entries of the same department and month add up. What is wrong with the content is a
 * {@link PermanentFailure} that names the line; what is wrong with the stream stays an {@link IOException}, worth
 * another try.
 */
public final class LedgerReader {

    /** More would be no report that anybody reads, and would not fit a small heap. */
    static final int MAX_DEPARTMENTS = 1_000;

    private static final List<String> HEADER = List.of("department", "month", "revenue", "expense");

    /** No exponent: 1E999999999 is short to write and too long to print. */
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,15}(\\.\\d{1,6})?");

    private final int year;
    private final Map<String, Map<Month, Amounts>> books = new LinkedHashMap<>();

    private LedgerReader(int year) {
        this.year = year;
    }

    /** Reads the year's ledger to its end; the caller closes the stream. */
    public static Ledger read(InputStream csv, int year) throws IOException {
        return new LedgerReader(year).readAll(csv);
    }

    private Ledger readAll(InputStream csv) throws IOException {
        // A decoder that replaces what it cannot read would make up a department.
        BufferedReader text = new BufferedReader(new InputStreamReader(csv, StandardCharsets.UTF_8.newDecoder()));
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(text, format)) {
            if (!parser.getHeaderNames().equals(HEADER)) {
                throw unusable("its first line is not " + String.join(",", HEADER));
            }
            for (CSVRecord entry : parser) {
                add(entry, parser.getCurrentLineNumber());
            }
        } catch (CSVException | CharacterCodingException | IllegalArgumentException e) {
            throw unusable("it is not CSV in UTF-8", e);
        } catch (UncheckedIOException e) {
            throw classified(requireNonNull(e.getCause()));
        }
        if (books.isEmpty()) {
            throw unusable("it has no entries");
        }
        return new Ledger(year, books);
    }

    private void add(CSVRecord entry, long line) {
        if (entry.size() != HEADER.size()) {
            throw unusable("line " + line + " has not " + HEADER.size() + " fields");
        }
        String department = entry.get(0);
        if (department.isBlank()) {
            throw unusable("line " + line + " names no department");
        }
        Amounts amounts = new Amounts(decimal(entry.get(2), line), decimal(entry.get(3), line));
        books.computeIfAbsent(department, name -> new EnumMap<>(Month.class))
                .merge(month(entry.get(1), line), amounts, Amounts::plus);
        if (books.size() > MAX_DEPARTMENTS) {
            throw unusable("it has more than " + MAX_DEPARTMENTS + " departments");
        }
    }

    private Month month(String text, long line) {
        try {
            YearMonth month = YearMonth.parse(text);
            if (month.getYear() == year) {
                return month.getMonth();
            }
        } catch (DateTimeException e) {
            throw unusable("line " + line + " has no month of the form " + year + "-01", e);
        }
        throw unusable("line " + line + " is of another year");
    }

    private BigDecimal decimal(String text, long line) {
        if (!DECIMAL.matcher(text).matches()) {
            throw unusable("line " + line + " has an amount that is not a plain decimal");
        }
        return new BigDecimal(text);
    }

    private IOException classified(IOException cause) {
        if (cause instanceof CSVException || cause instanceof CharacterCodingException) {
            throw unusable("it is not CSV in UTF-8", cause);
        }
        return cause;
    }

    private PermanentFailure unusable(String why) {
        return new PermanentFailure(sentence(why));
    }

    private PermanentFailure unusable(String why, Throwable cause) {
        return new PermanentFailure(sentence(why), cause);
    }

    private String sentence(String why) {
        return "The ledger for the year %d cannot be used: %s; load another with PUT /ledgers/%d and submit again."
                .formatted(year, why, year);
    }
}
