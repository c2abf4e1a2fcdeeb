package dev.accepted.engine;

/**
 * A stored file of a job, immutable.
 *
 * @param digest its address in the object store, lower-case hexadecimal
 * @param name the file name a browser would save it under
 * @param contentType its media type
 * @param sizeBytes its length
 */
public record Attachment(String digest, String name, String contentType, long sizeBytes) {

    /** Where the gateway serves it. */
    public String url() {
        return "/results/" + digest;
    }
}
