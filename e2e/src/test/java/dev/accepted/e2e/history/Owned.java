package dev.accepted.e2e.history;

/** A job that a tenant has a 202 for. */
public record Owned(String jobId, String tenant) {}
