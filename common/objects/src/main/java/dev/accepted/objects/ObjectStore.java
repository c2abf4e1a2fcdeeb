package dev.accepted.objects;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Keeps immutable objects by their digest. Safe for use by many threads; every call may block on I/O. */
public interface ObjectStore {

    /** Stores bytes under the SHA-256 of themselves. */
    StoredObject put(String tenant, InputStream content) throws IOException;

    /** Stores a named file that a job of that type made. */
    StoredObject put(String tenant, String jobType, String name, String contentType, InputStream content)
            throws IOException;

    default StoredObject put(String tenant, byte[] content) throws IOException {
        return put(tenant, new ByteArrayInputStream(content));
    }

    /**
     * Makes an object as young as one that is stored now.
     *
     * @throws java.nio.file.NoSuchFileException this tenant has nothing there
     */
    void renew(String tenant, String digest) throws IOException;

    /**
     * Removes objects that were neither stored nor renewed since a time. One that is stored again meanwhile stays.
     *
     * @param uses says which are in use all the same
     * @return how many were removed
     */
    int removeOlder(Instant than, Uses uses) throws IOException;

    /** Knows what is in use. */
    @FunctionalInterface
    interface Uses {

        /** Those of a tenant's digests that are to stay. */
        Set<String> among(String tenant, Set<String> digests) throws IOException;
    }

    /** What is stored under the digest; empty if this tenant has nothing there. */
    Optional<StoredObject> find(String tenant, String digest) throws IOException;

    /**
     * Reads an object from an offset to its end; the caller closes it.
     *
     * @throws java.nio.file.NoSuchFileException this tenant has nothing there
     */
    InputStream open(String tenant, String digest, long from) throws IOException;

    default InputStream open(String tenant, String digest) throws IOException {
        return open(tenant, digest, 0);
    }
}
