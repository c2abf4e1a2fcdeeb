/**
 * The processes of a stack: who runs, where, and in which order they stop.
 *
 * <p>Invariant: a run file exists for a process from its start to its end, and is never seen half written; the end of a
 * process is either asked for or reported.
 */
@NullMarked
package dev.accepted.cli.process;

import org.jspecify.annotations.NullMarked;
