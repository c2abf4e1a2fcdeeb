/**
 * What clients are still to be told of their jobs, and what was handed on already.
 *
 * <p>Invariant: one row for each thing that happened, however often the log is read; it is kept as long as the job.
 */
@NullMarked
package dev.accepted.store.webhook;

import org.jspecify.annotations.NullMarked;
