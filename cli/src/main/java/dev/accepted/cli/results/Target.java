package dev.accepted.cli.results;

import dev.accepted.cli.terminal.ExitCode;
import dev.accepted.cli.terminal.Refusal;
import dev.accepted.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;

/** Where a result goes. */
sealed interface Target {

    /**
     * Takes all of it.
     *
     * @return what there is to say about it
     */
    Optional<String> take(InputStream content, String type) throws IOException;

    /** What to say when not all of it could be taken. */
    Refusal failed(IOException why, Refusal silence);

    /** Standard output. */
    record Output(Terminal terminal) implements Target {

        @Override
        public Optional<String> take(InputStream content, String type) throws IOException {
            if (terminal.seen() && !isText(type)) {
                throw new Refusal(
                        "The result is " + type + ", which is nothing for a terminal. -o FILE puts it into a file.",
                        ExitCode.NOT_UNDERSTOOD);
            }
            content.transferTo(terminal.out());
            terminal.out().flush();
            if (terminal.out().checkError()) {
                throw new Refusal("Standard output did not take all of the result.");
            }
            return Optional.empty();
        }

        @Override
        public Refusal failed(IOException why, Refusal silence) {
            return silence;
        }

        private static boolean isText(String type) {
            return type.matches("(?i)(text/.*|application/([\\w.-]+\\+)?(json|xml|x-ndjson)).*");
        }
    }

    /** A file, which appears when it is whole. */
    record File(Path path, boolean isReplaced) implements Target {

        /** Refuses at once what would be refused at the end. */
        static File of(Path path, boolean isReplaced) {
            Path whole = path.toAbsolutePath().normalize();
            if (Files.isDirectory(whole)) {
                throw new Refusal(path + " is a directory. Nothing was fetched.", ExitCode.NOT_UNDERSTOOD);
            }
            if (Files.exists(whole) && !isReplaced) {
                throw isThere(path);
            }
            return new File(whole, isReplaced);
        }

        @Override
        public Optional<String> take(InputStream content, String type) throws IOException {
            Path directory = Objects.requireNonNull(path.getParent());
            Path unfinished = begin(directory);
            try {
                long size = Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
                finish(unfinished);
                return Optional.of("Saved " + path + " (" + size + " bytes, " + type + ").");
            } finally {
                Files.deleteIfExists(unfinished);
            }
        }

        @Override
        public Refusal failed(IOException why, Refusal silence) {
            return new Refusal(silence.getMessage() + " " + path + " is as it was.", why, ExitCode.NO_ANSWER);
        }

        private Path begin(Path directory) {
            try {
                return Files.createFile(directory.resolve("." + path.getFileName() + ".part"));
            } catch (FileAlreadyExistsException e) {
                throw new Refusal(
                        "Another command fetches into " + path + ", or one that was killed has left " + e.getFile()
                                + " behind: then delete it.",
                        e);
            } catch (IOException e) {
                throw new Refusal("Nothing can be written into " + directory + ": " + e, e);
            }
        }

        private void finish(Path unfinished) throws IOException {
            if (isReplaced) {
                Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                return;
            }
            try {
                Files.move(unfinished, path);
            } catch (FileAlreadyExistsException e) {
                throw isThere(path);
            }
        }

        private static Refusal isThere(Path path) {
            return new Refusal(path + " is there already. --force replaces it.", ExitCode.NOT_UNDERSTOOD);
        }
    }
}
