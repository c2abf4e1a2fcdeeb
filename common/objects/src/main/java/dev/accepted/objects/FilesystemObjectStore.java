package dev.accepted.objects;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Objects as files: {@code <root>/<tenant>/<first two digits>/<digest>}, and beside a named one its name in
 * {@code <digest>.json}.
 *
 * <p>Gateways and workers on one machine, or on one shared file system, may use the same root at once: a file is
 * written beside its place, forced to disk and moved there.
 */
public final class FilesystemObjectStore implements ObjectStore {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    static final String TENANT_FOLDER = "t-";
    static final String DRAFTS = "drafts";
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NAMELESS_TYPE = "application/octet-stream";

    private final Path root;

    public FilesystemObjectStore(Path root) {
        this.root = root;
    }

    @Override
    public StoredObject put(String tenant, InputStream content) throws IOException {
        Draft draft = write(content);
        try {
            publish(draft.file, place(tenant, draft.digest));
            return new StoredObject(draft.digest, draft.digest, NAMELESS_TYPE, draft.size, null);
        } finally {
            Files.deleteIfExists(draft.file);
        }
    }

    @Override
    public StoredObject put(String tenant, String jobType, String name, String contentType, InputStream content)
            throws IOException {
        Draft draft = write(content);
        try {
            String named = jobType + '\n' + contentType + '\n' + name + '\n' + draft.digest;
            String digest = HexFormat.of().formatHex(sha256().digest(named.getBytes(StandardCharsets.UTF_8)));
            StoredObject stored = new StoredObject(digest, name, contentType, draft.size, jobType);
            // Also where it is there already: that may be old, and about to be removed.
            Path place = place(tenant, digest);
            Draft description = write(new ByteArrayInputStream(JSON.writeValueAsBytes(stored)));
            publish(description.file, descriptionOf(place));
            publish(draft.file, place);
            return stored;
        } finally {
            Files.deleteIfExists(draft.file);
        }
    }

    @Override
    public Optional<StoredObject> find(String tenant, String digest) throws IOException {
        if (!DIGEST.matcher(digest).matches()) {
            return Optional.empty();
        }
        Path place = place(tenant, digest);
        if (!Files.exists(place)) {
            return Optional.empty();
        }
        Path description = descriptionOf(place);
        return Optional.of(
                Files.exists(description)
                        ? JSON.readValue(Files.readAllBytes(description), StoredObject.class)
                        : new StoredObject(digest, digest, NAMELESS_TYPE, Files.size(place), null));
    }

    @Override
    public InputStream open(String tenant, String digest, long from) throws IOException {
        if (!DIGEST.matcher(digest).matches()) {
            throw new NoSuchFileException(digest);
        }
        FileChannel channel = FileChannel.open(place(tenant, digest), StandardOpenOption.READ);
        return Channels.newInputStream(channel.position(from));
    }

    @Override
    public void renew(String tenant, String digest) throws IOException {
        if (!DIGEST.matcher(digest).matches()) {
            throw new NoSuchFileException(digest);
        }
        FileTime now = FileTime.from(Instant.now());
        Path place = place(tenant, digest);
        Path description = descriptionOf(place);
        if (Files.exists(description)) {
            Files.setLastModifiedTime(description, now);
        }
        Files.setLastModifiedTime(place, now);
    }

    @Override
    public int removeOlder(Instant than, Uses uses) throws IOException {
        return new OldFiles(root, than, uses).remove();
    }

    private Path place(String tenant, String digest) {
        // The prefix keeps a tenant called ".." or "" inside the root.
        String folder = TENANT_FOLDER + URLEncoder.encode(tenant, StandardCharsets.UTF_8);
        return root.resolve(folder).resolve(digest.substring(0, 2)).resolve(digest);
    }

    private static Path descriptionOf(Path place) {
        return place.resolveSibling(place.getFileName() + ".json");
    }

    private Draft write(InputStream content) throws IOException {
        Path drafts = Files.createDirectories(root.resolve(DRAFTS));
        Path file = Files.createTempFile(drafts, "", ".part");
        MessageDigest sha256 = sha256();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), sha256)) {
            long size = content.transferTo(out);
            channel.force(true);
            return new Draft(file, HexFormat.of().formatHex(sha256.digest()), size);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static void publish(Path draft, Path place) throws IOException {
        Path folder = Files.createDirectories(place.getParent());
        try {
            Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("The object store's directory must lie on one file system: " + folder, e);
        }
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }

    private record Draft(Path file, String digest, long size) {}
}
