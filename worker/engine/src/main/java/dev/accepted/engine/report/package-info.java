/**
 * Writes what happened to {@code jobs.events}.
 *
 * <p>Invariant: an outcome is sent until the log has it, or until its lease is lost.
 */
@NullMarked
package dev.accepted.engine.report;

import org.jspecify.annotations.NullMarked;
