package dev.accepted.objects;

import org.jspecify.annotations.Nullable;

/**
 * An object that is stored.
 *
 * @param digest its address, lower-case hexadecimal: SHA-256 of its bytes for a nameless object, else of job type,
 *     media type, name and bytes together, so that one address never serves under two names or for two kinds of readers
 * @param name the file name a browser would save it under
 * @param contentType its media type
 * @param sizeBytes its length
 * @param jobType the type of the job that made it, whose readers may read it; null for a nameless object, which is no result
 */
public record StoredObject(
        String digest,
        String name,
        String contentType,
        long sizeBytes,
        @Nullable String jobType) {}
