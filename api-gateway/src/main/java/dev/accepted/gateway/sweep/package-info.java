/**
 * Proves that no job is stranded, and sends again what is.
 *
 * <p>An unfinished job is in a queue, under a lease or under a timer. What is in none of them, seen twice, is sent again
 * with the same attempt if it waits; if a worker is said to be at it, that attempt is declared lost.
 *
 * <p>Invariant: nothing is called stranded before the table is past what the log had when it was looked at.
 */
@NullMarked
package dev.accepted.gateway.sweep;

import org.jspecify.annotations.NullMarked;
