/**
 * How far a run is, and whether anybody still wants it: all that the work knows of its job.
 *
 * <p>Invariant: work that reports what it spends ends within a fraction of a second of being cancelled or interrupted.
 */
@NullMarked
package dev.accepted.analytics.course;

import org.jspecify.annotations.NullMarked;
