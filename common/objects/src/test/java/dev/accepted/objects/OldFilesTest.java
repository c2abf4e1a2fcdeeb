package dev.accepted.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old objects are removed, and what is stored or needed again meanwhile is not. */
class OldFilesTest {

    private static final String TENANT = "../ä b";
    private static final ObjectStore.Uses NONE = (tenant, digests) -> Set.of();

    private final Instant now = Instant.now();
    private final Instant limit = now.minus(Duration.ofDays(31));

    @TempDir
    Path root;

    private ObjectStore store;

    @BeforeEach
    void open() {
        store = new FilesystemObjectStore(root);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private StoredObject result(String text) throws IOException {
        return store.put(TENANT, "probe.noop", text + ".txt", "text/plain", new ByteArrayInputStream(bytes(text)));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private void age() throws IOException {
        for (Path file : files()) {
            Files.setLastModifiedTime(file, FileTime.from(limit.minusSeconds(1)));
        }
    }

    private boolean isThere(StoredObject object) throws IOException {
        return store.find(TENANT, object.digest()).isPresent();
    }

    @Test
    void whatIsOldIsRemovedWholeAndWhatIsYoungStays() throws IOException {
        StoredObject old = store.put(TENANT, bytes("old input"));
        StoredObject oldResult = result("old");
        Files.writeString(Files.createDirectories(root.resolve("drafts")).resolve("x.part"), "left behind");
        age();
        StoredObject young = result("young");
        assertEquals(2, store.removeOlder(limit, NONE));
        assertFalse(isThere(old));
        assertFalse(isThere(oldResult));
        assertEquals(young, store.find(TENANT, young.digest()).orElseThrow());
        assertEquals(2, files().size(), "a result is two files");
    }

    @Test
    void whatIsStoredAgainIsYoung() throws IOException {
        StoredObject input = store.put(TENANT, bytes("the same"));
        StoredObject result = result("the same");
        age();
        assertEquals(input, store.put(TENANT, bytes("the same")));
        assertEquals(result, result("the same"));
        assertEquals(0, store.removeOlder(limit, NONE));
        assertEquals(result, store.find(TENANT, result.digest()).orElseThrow());
    }

    @Test
    void whatIsRenewedIsYoung() throws IOException {
        StoredObject input = store.put(TENANT, bytes("reference data"));
        StoredObject result = result("a");
        age();
        store.renew(TENANT, input.digest());
        store.renew(TENANT, result.digest());
        assertEquals(0, store.removeOlder(limit, NONE));
        assertEquals(result, store.find(TENANT, result.digest()).orElseThrow());
        assertThrows(NoSuchFileException.class, () -> store.renew(TENANT, "ab".repeat(32)));
        assertThrows(NoSuchFileException.class, () -> store.renew("another", input.digest()));
    }

    @Test
    void whatIsInUseStaysHoweverOldItIs() throws IOException {
        StoredObject used = store.put(TENANT, bytes("used"));
        StoredObject unused = store.put(TENANT, bytes("unused"));
        age();
        Map<String, Set<String>> asked = new HashMap<>();
        assertEquals(1, store.removeOlder(limit, (tenant, digests) -> {
            asked.merge(
                    tenant,
                    digests,
                    (a, b) -> Stream.concat(a.stream(), b.stream()).collect(java.util.stream.Collectors.toSet()));
            return Set.of(used.digest());
        }));
        assertEquals(Map.of(TENANT, Set.of(used.digest(), unused.digest())), asked);
        assertTrue(isThere(used));
        assertFalse(isThere(unused));
    }

    @Test
    void whatIsStoredAnewWhileItIsRemovedStays() throws IOException {
        StoredObject input = store.put(TENANT, bytes("raced"));
        StoredObject result = result("raced");
        age();
        store.removeOlder(limit, (tenant, digests) -> {
            // Between the look at the ages and the removal.
            store.put(TENANT, bytes("raced"));
            result("raced");
            return Set.of();
        });
        assertTrue(isThere(input));
        assertEquals(result, store.find(TENANT, result.digest()).orElseThrow());
    }

    @Test
    void whatARemovalThatWasKilledHadMovedAsideComesBack() throws IOException {
        StoredObject input = store.put(TENANT, bytes("interrupted"));
        Path file = files().get(0);
        Files.move(file, file.resolveSibling(file.getFileName() + ".aside"));
        assertFalse(isThere(input));
        assertEquals(0, store.removeOlder(limit, NONE));
        assertTrue(isThere(input));
    }

    @Test
    void aStoreThatNobodyWroteToIsEmpty() throws IOException {
        assertEquals(0, new FilesystemObjectStore(root.resolve("nowhere")).removeOlder(limit, NONE));
    }
}
