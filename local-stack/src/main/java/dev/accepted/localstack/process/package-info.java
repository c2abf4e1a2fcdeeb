/**
 * Child processes that never outlive their parent.
 *
 * <p>Each child runs under a leash, a small shell whose standard input is a pipe from this process. However this
 * process ends, SIGKILL included, the pipe ends with it and the leash takes the child down:
 *
 * <pre>
 * this JVM ──pipe──▶ sh (leash) ──▶ child        line: stop signal · end of pipe: stop signal, patience, SIGKILL
 * </pre>
 *
 * <p>Invariant: the process id that is reported is the child's own, not the leash's.
 */
@NullMarked
package dev.accepted.localstack.process;

import org.jspecify.annotations.NullMarked;
