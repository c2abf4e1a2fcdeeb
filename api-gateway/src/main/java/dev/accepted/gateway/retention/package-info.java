/**
 * What is older than jobs are kept is removed: rows by the day, objects by their age.
 *
 * <pre>
 * accepted ── a job's whole life ──▶ horizon: 410, folded and run by nobody ── its day is over ──▶ its rows are dropped
 * </pre>
 *
 * <p>Invariants: nothing is dropped whose end the log does not have; an object that a kept job, current reference data or
 * a schedule refers to stays. One gateway at a time does it.
 */
@NullMarked
package dev.accepted.gateway.retention;

import org.jspecify.annotations.NullMarked;
