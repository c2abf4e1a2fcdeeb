package dev.accepted.cli.process;

import dev.accepted.cli.files.Json;
import dev.accepted.cli.files.OwnersFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The run files of a stack: a directory with {@code NAME.json} for each process that runs.
 *
 * <p>Readable by the owner alone, for PostgreSQL's URL holds a password.
 */
public final class RunDirectory {

    private static final String SUFFIX = ".json";

    private final Path directory;

    /** @param directory made when first written to */
    public RunDirectory(Path directory) {
        this.directory = directory;
    }

    /** Writes or replaces a run file; no reader ever sees a part of it. */
    public void write(RunFile file) {
        try {
            OwnersFile.write(directory.resolve(file.name() + SUFFIX), Json.pretty(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a run file, if it is there. */
    public void remove(String name) {
        try {
            Files.deleteIfExists(directory.resolve(name + SUFFIX));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the run file of a process that has ended, unless it tells of another one by now. */
    public void remove(String name, ProcessIdentity ended) {
        read(directory.resolve(name + SUFFIX))
                .filter(file -> file.identity().equals(ended))
                .ifPresent(file -> remove(name));
    }

    /** All run files, by name; also those that a killed launcher left behind. */
    public List<RunFile> list() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .map(RunDirectory::read)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those whose process runs. */
    public List<RunFile> running() {
        return list().stream()
                .filter(file -> file.identity().running().isPresent())
                .toList();
    }

    /** Runs {@code action} while no other process is inside this method on the same directory. */
    public <T> T exclusively(Supplier<T> action) {
        try {
            Files.createDirectories(directory);
            Path lock = directory.resolve(".lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = channel.lock()) {
                assert held.isValid();
                return action.get();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<RunFile> read(Path file) {
        try {
            return Optional.of(RunFile.from(Json.read(Files.readAllBytes(file))));
        } catch (NoSuchFileException endedJustNow) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
