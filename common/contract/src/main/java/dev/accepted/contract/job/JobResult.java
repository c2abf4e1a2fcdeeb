package dev.accepted.contract.job;

/**
 * What a job came to, in the object store.
 *
 * @param digest its address there, lower-case hexadecimal
 * @param name the file name a browser would save it under
 */
public record JobResult(String digest, String contentType, long sizeBytes, String name) {}
