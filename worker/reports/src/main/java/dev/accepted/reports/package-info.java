/**
 * The job type {@code report.generate}: its input, and the handler that leads a job from ledger to file.
 *
 * <pre>ledger (read) → figures (compute) → rendering, pdf (write)</pre>
 *
 * <p>Invariant: a job that cannot have a report says in one sentence what is missing and what to do about it.
 */
@NullMarked
package dev.accepted.reports;

import org.jspecify.annotations.NullMarked;
