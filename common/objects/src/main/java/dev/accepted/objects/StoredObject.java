package dev.accepted.objects;

/**
 * An object that is stored.
 *
 * @param digest its address, lower-case hexadecimal: SHA-256 of its bytes for a nameless object, else of media type,
 *     name and bytes together, so that one address never serves under two names
 * @param name the file name a browser would save it under
 * @param contentType its media type
 * @param sizeBytes its length
 */
public record StoredObject(String digest, String name, String contentType, long sizeBytes) {}
