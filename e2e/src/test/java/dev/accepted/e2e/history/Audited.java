package dev.accepted.e2e.history;

/**
 * {@code accepted audit} was run when all had ended.
 *
 * @param exit its exit status: 0 if every unfinished job is in a queue, under a lease or under a timer
 * @param told what it printed
 */
public record Audited(int exit, String told) {}
