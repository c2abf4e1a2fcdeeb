/**
 * Which lines of the list are settled and how, small enough to be carried from one attempt to the next.
 *
 * <p>Invariant: sent + failed + skipped is the number of settled lines, whatever attempts they were settled in. A
 * checkpoint of 100,000 lines stays below 64 KiB whatever fails in it.
 */
@NullMarked
package dev.accepted.email.tally;

import org.jspecify.annotations.NullMarked;
