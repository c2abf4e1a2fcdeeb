/**
 * One run: a system, a load, a schedule of what breaks, and the verdict.
 *
 * <pre>
 * up ─▶ load ∥ schedule ─▶ everything ended ─▶ log, table and executions read ─▶ guarantees judge ─▶ report
 * </pre>
 *
 * <p>Invariant: what a run does follows from its seed, as far as processes let it; the seed stands in every report.
 */
@NullMarked
package dev.accepted.e2e.run;

import org.jspecify.annotations.NullMarked;
