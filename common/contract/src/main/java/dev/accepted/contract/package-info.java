/**
 * What crosses the wire between gateway and workers, and the fold that makes a job's state of it.
 *
 * <pre>
 * id  ◀── command ──┐
 *  ▲                ├──▶ job (the fold)
 *  └───── event ────┘
 * </pre>
 *
 * <p>Invariant: no I/O, no clock, no chance. Whoever calls brings bytes and times.
 */
@NullMarked
package dev.accepted.contract;

import org.jspecify.annotations.NullMarked;
