package dev.accepted.gateway.references;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** How CSV comes in and goes out (RFC 4180): UTF-8 with a header; blank lines and a byte order mark are passed over. */
final class Csv {

    static final CSVFormat INPUT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .setIgnoreSurroundingSpaces(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .get();

    static final CSVFormat OUTPUT =
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private Csv() {}

    /** Takes the rows one by one. */
    interface Rows {

        void header(List<String> columns);

        /** Takes a row; the pointer names its line. */
        void row(CSVRecord row, String pointer) throws IOException;
    }

    /**
     * Reads a body to its end.
     *
     * @throws dev.accepted.gateway.problem.Problem 422 if it is no CSV, 413 for an endless line
     * @throws IOException the body cannot be read at all, which is not its fault
     */
    static void read(InputStream body, Rows into) throws IOException {
        try (CSVParser rows = INPUT.parse(text(body))) {
            into.header(rows.getHeaderNames());
            for (CSVRecord row : rows) {
                into.row(row, "/line/" + rows.getCurrentLineNumber());
            }
        } catch (CSVException | CharacterCodingException | IllegalArgumentException | IllegalStateException e) {
            throw malformed(e);
        } catch (UncheckedIOException e) {
            IOException cause = e.getCause();
            if (cause instanceof CSVException || cause instanceof CharacterCodingException) {
                throw malformed(cause);
            }
            throw cause;
        }
    }

    /** The text of a body; a decoder that replaces what it cannot read would make up names. */
    private static BufferedReader text(InputStream body) throws IOException {
        InputStream bytes = new BufferedInputStream(new LineLimit(body));
        bytes.mark(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(bytes.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
            bytes.reset();
        }
        return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
    }

    private static RuntimeException malformed(Exception reason) {
        String why = reason instanceof CharacterCodingException ? "a byte is no UTF-8" : reason.getMessage();
        return RowErrors.of("", "The body does not read as CSV with a header: " + why + ".", "malformed");
    }
}
