/**
 * What can go wrong, one class each: real processes of a real system are killed, stopped, frozen, woken and replaced.
 *
 * <pre>
 * Schedule ─ a seed ─▶ Scenario ─▶ Fleet ─ signals, `accepted start` ─▶ processes
 *                                    └─ what was hurt, and when ─▶ History
 * </pre>
 *
 * <p>Invariant: a scenario leaves as many processes of each kind as it found, and all of them well.
 */
@NullMarked
package dev.accepted.e2e.scenario;

import org.jspecify.annotations.NullMarked;
