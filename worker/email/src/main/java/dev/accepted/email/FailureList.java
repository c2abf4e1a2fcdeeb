package dev.accepted.email;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.accepted.email.CampaignReport.Failure;
import dev.accepted.email.recipients.Recipient;
import dev.accepted.email.recipients.RecipientReader;
import dev.accepted.email.tally.Tally;
import dev.accepted.engine.JobContext;
import dev.accepted.engine.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who got no mail: the first few by name, all of them in a file if there are more.
 *
 * @param url where the file is; null if {@code first} has them all
 */
record FailureList(List<Failure> first, @Nullable String url) {

    private static final int IN_THE_REPORT = 100;
    private static final int LONGEST_ADDRESS = 254;
    private static final CsvMapper CSV = new CsvMapper();
    private static final CsvSchema COLUMNS =
            CSV.schemaFor(Failure.class).withHeader().withLineSeparator("\r\n");

    /** Goes through the list once more, for the tally knows lines and no addresses. */
    static FailureList of(Tally tally, Reference list, JobContext job) throws IOException {
        if (tally.failed() == 0) {
            return new FailureList(List.of(), null);
        }
        if (tally.failed() <= IN_THE_REPORT) {
            return new FailureList(first(tally, list), null);
        }
        Path file = Files.createTempFile("campaign-failures-", ".csv");
        try {
            write(tally, list, file);
            try (InputStream content = Files.newInputStream(file)) {
                return new FailureList(
                        first(tally, list),
                        job.attach("failures.csv", "text/csv; charset=utf-8", content)
                                .url());
            }
        } finally {
            Files.delete(file);
        }
    }

    private static List<Failure> first(Tally tally, Reference list) throws IOException {
        List<Failure> first = new ArrayList<>();
        try (RecipientReader reader = RecipientReader.of(list)) {
            while (first.size() < IN_THE_REPORT && reader.hasNext()) {
                failure(tally, reader.next()).ifPresent(first::add);
            }
        }
        return first;
    }

    private static void write(Tally tally, Reference list, Path file) throws IOException {
        try (RecipientReader reader = RecipientReader.of(list);
                SequenceWriter csv = CSV.writer(COLUMNS).writeValues(Files.newBufferedWriter(file))) {
            while (reader.hasNext()) {
                Optional<Failure> failure = failure(tally, reader.next());
                if (failure.isPresent()) {
                    csv.write(failure.get());
                }
            }
        }
    }

    private static Optional<Failure> failure(Tally tally, Recipient recipient) {
        return tally.failureOf(recipient.line()).map(reason -> new Failure(shown(recipient.key()), reason));
    }

    /** What stands where an address should be can be anything: of any length, and no valid Unicode. */
    private static String shown(String address) {
        return address.codePoints()
                .limit(LONGEST_ADDRESS)
                .map(c -> Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
