package dev.accepted.gateway.references;

import dev.accepted.gateway.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
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

    private Csv() {}

    /** The text of a body; a malformed byte fails the reading. */
    static Reader text(byte[] body) throws IOException {
        boolean marked = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        int skip = marked ? 3 : 0;
        return new InputStreamReader(
                new ByteArrayInputStream(body, skip, body.length - skip),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    static List<String> header(CSVParser rows) {
        return rows.getHeaderNames();
    }

    /** What is answered when the text is no CSV at all. */
    static Problem malformed(Exception reason) {
        return Problem.of(
                422,
                "validation-error",
                "Validation error",
                "The body does not read as CSV in UTF-8 with a header: " + reason.getMessage()
                        + " Nothing was stored.");
    }
}
