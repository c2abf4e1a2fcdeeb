/**
 * A report as bytes, and the formats that machines read; the one that people read has its own package.
 *
 * <p>Invariant: the same report gives the same bytes, written to the stream as they arise.
 */
@NullMarked
package dev.accepted.reports.rendering;

import org.jspecify.annotations.NullMarked;
