package dev.accepted.cli.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Files that only their owner may read, and that nobody sees half written. */
public final class OwnersFile {

    private OwnersFile() {}

    /**
     * Writes {@code content} and a line end; readers see either what was there or the whole.
     *
     * @param file in a directory that is made when absent
     */
    public static void write(Path file, String content) throws IOException {
        Path directory = Objects.requireNonNull(file.getParent());
        Files.createDirectories(directory);
        Path unfinished = Files.createTempFile(
                directory,
                ".writing-",
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(unfinished, content + "\n");
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
