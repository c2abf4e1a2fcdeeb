package dev.accepted.e2e.history;

import java.time.Instant;

/** A scenario that was played. */
public record Played(String scenario, Instant from, Instant until) {}
