package dev.accepted.localstack.postgres;

import dev.accepted.localstack.files.Trees;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The server's programs, unpacked once for each user and version. */
final class PostgresBinaries {

    private PostgresBinaries() {}

    /**
     * The directory that holds {@code bin/postgres}; unpacks it when it is not there yet.
     *
     * <p>Any number of processes may ask at once: each unpacks beside the place, the first to finish moves its copy in.
     *
     * @throws IOException when there are no binaries for this system, or the cache cannot be written
     */
    static Path unpacked() throws IOException {
        Path home = cache().resolve("postgres-" + version() + "-" + platform());
        if (Files.isDirectory(home)) {
            return home;
        }
        Files.createDirectories(home.getParent());
        Path unfinished = Files.createTempDirectory(home.getParent(), "unpacking-");
        try (InputStream archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system(), architecture())) {
            if (archive == null) {
                throw new IOException("No PostgreSQL binaries for " + platform() + " among this build's dependencies");
            }
            unpack(archive, unfinished);
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException anotherWasFirst) {
            // Its copy is as good as ours.
        } finally {
            Trees.delete(unfinished);
        }
        return home;
    }

    private static void unpack(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(archive))) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("The archive of PostgreSQL's binaries leads outside: " + entry.getName());
                }
                write(tar, entry, file);
                entry = tar.getNextEntry();
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static Path cache() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("accepted");
    }

    private static String version() throws IOException {
        Properties properties = new Properties();
        try (InputStream file = PostgresBinaries.class.getResourceAsStream("binaries.properties")) {
            if (file == null) {
                throw new IOException("binaries.properties is missing beside " + PostgresBinaries.class);
            }
            properties.load(file);
        }
        return properties.getProperty("version");
    }

    private static String platform() {
        String library = Files.exists(Path.of("/etc/alpine-release")) ? "-musl" : "";
        return (system() + library + "-" + architecture()).toLowerCase(Locale.ROOT);
    }

    private static String system() {
        return System.getProperty("os.name").startsWith("Mac") ? "Darwin" : System.getProperty("os.name");
    }

    private static String architecture() {
        return System.getProperty("os.arch");
    }
}
