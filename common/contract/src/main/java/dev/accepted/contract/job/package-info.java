/**
 * A job's state as the fold of the log.
 *
 * <pre>
 *            started            succeeded · failed · rejected · expired
 *   Queued ──────────▶ Processing ─────────────────────────────────▶ Ended
 *     ▲  └─ attempt-failed ─┘ │ cancel-requested (leased)              ▲ │
 *     └─ attempt-lost,        ▼                                        │ │
 *     ▲  held-back        Cancelling ── whatever ends the attempt ─────┘ │
 *     └──────────────────────── redriven (failed, expired) ──────────────┘
 * </pre>
 *
 * <p>Invariant: any duplication and any interleaving of commands with the events of a job gives the same state. Only
 * events move it; a command adds its facts and its place in the log.
 */
@NullMarked
package dev.accepted.contract.job;

import org.jspecify.annotations.NullMarked;
