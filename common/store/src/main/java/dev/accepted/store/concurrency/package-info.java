/**
 * How many jobs may run at once, and which are held back because of it.
 *
 * <pre>
 * claim ──room──▶ runs
 *   └──none──▶ held_by ──event──▶ timer that waits ──room──▶ released ──▶ claim
 * </pre>
 *
 * <p>Invariant: whoever takes a place under a limit holds the limit's lock, so that no two take the last one.
 */
@NullMarked
package dev.accepted.store.concurrency;

import org.jspecify.annotations.NullMarked;
