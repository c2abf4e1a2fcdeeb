package dev.accepted.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemObjectStoreTest {

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path root;

    private FilesystemObjectStore store() {
        return new FilesystemObjectStore(root);
    }

    private static ByteArrayInputStream hello() {
        return new ByteArrayInputStream(HELLO);
    }

    @Test
    void namelessBytesLieUnderTheirOwnSha256() throws IOException {
        StoredObject stored = store().put("acme", HELLO);
        assertEquals("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", stored.digest());
        assertEquals(5, stored.sizeBytes());
        try (InputStream read = store().open("acme", stored.digest())) {
            assertArrayEquals(HELLO, read.readAllBytes());
        }
    }

    @Test
    void theSameBytesUnderTwoNamesAreTwoObjects() throws IOException {
        StoredObject a = store().put("acme", "report.generate", "a.txt", "text/plain", hello());
        StoredObject b = store().put("acme", "report.generate", "b.txt", "text/plain", hello());
        assertNotEquals(a.digest(), b.digest());
        assertEquals(a, store().find("acme", a.digest()).orElseThrow());
        assertEquals(a, store().put("acme", "report.generate", "a.txt", "text/plain", hello()));
        // Who may read it goes by the type of the job: what two types made alike lies in two places.
        StoredObject ofCampaign = store().put("acme", "email.campaign", "a.txt", "text/plain", hello());
        assertNotEquals(a.digest(), ofCampaign.digest());
        assertEquals("email.campaign", ofCampaign.jobType());
    }

    @Test
    void anObjectIsReadFromAnOffset() throws IOException {
        StoredObject stored = store().put("acme", "report.generate", "a.txt", "text/plain", hello());
        try (InputStream read = store().open("acme", stored.digest(), 3)) {
            assertEquals("lo", new String(read.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void anotherTenantFindsNothing() throws IOException {
        StoredObject stored = store().put("acme", "report.generate", "a.txt", "text/plain", hello());
        assertTrue(store().find("other", stored.digest()).isEmpty());
        assertThrows(IOException.class, () -> store().open("other", stored.digest()));
    }

    @Test
    void noTenantAndNoDigestLeavesTheRoot() throws IOException {
        for (String tenant : List.of("..", "../..", "/etc", "")) {
            StoredObject stored = store().put(tenant, HELLO);
            assertTrue(store().find(tenant, stored.digest()).isPresent());
        }
        assertTrue(store().find("acme", "../../drafts").isEmpty());
        try (var inside = Files.list(root)) {
            assertEquals(5, inside.count());
        }
    }

    @Test
    @SuppressWarnings("InputStreamSlowMultibyteRead") // it never gives a byte
    void aBrokenStreamLeavesNothingBehind() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the line broke");
            }
        };
        assertThrows(IOException.class, () -> store().put("acme", "report.generate", "a.txt", "text/plain", broken));
        try (var files = Files.walk(root)) {
            assertEquals(0, files.filter(Files::isRegularFile).count());
        }
    }
}
