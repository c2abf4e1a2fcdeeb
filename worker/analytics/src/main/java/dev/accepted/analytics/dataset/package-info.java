/**
 * The numbers that are worked on, and how far they are apart.
 *
 * <p>Invariant: finite, at most 1e150 either way, in one array that nobody writes to after it was read.
 */
@NullMarked
package dev.accepted.analytics.dataset;

import org.jspecify.annotations.NullMarked;
