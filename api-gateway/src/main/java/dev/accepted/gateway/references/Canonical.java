package dev.accepted.gateway.references;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reference data in the one form in which it is stored and handlers read it, in a file that goes with it. */
final class Canonical implements AutoCloseable {

    private final Path file;
    private long entries;
    private List<String> columns = List.of();

    Canonical() throws IOException {
        file = Files.createTempFile("reference-", ".part");
    }

    /** Takes the content; the caller closes the stream. */
    OutputStream write() throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file));
    }

    /** Says what the content is. */
    Canonical of(long howMany, List<String> named) {
        entries = howMany;
        columns = List.copyOf(named);
        return this;
    }

    /** Gives the content; the caller closes the stream. */
    InputStream read() throws IOException {
        return Files.newInputStream(file);
    }

    /** Number of rows. */
    long entries() {
        return entries;
    }

    /** What its rows are about, in order: the columns of a list, the departments of a ledger. */
    List<String> columns() {
        return columns;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
