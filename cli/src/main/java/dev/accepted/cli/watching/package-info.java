/**
 * Follows jobs to their ends: by server-sent events, and by long poll where no stream can be had.
 *
 * <pre>
 * stream ─ breaks ─▶ again, from the last version seen ─ thrice for nothing ─▶ long poll ─ done ─▶ end
 * </pre>
 *
 * <p>Invariant: a job's end is told once, and it is what a gateway said; a broken stream is never taken for one.
 */
@NullMarked
package dev.accepted.cli.watching;

import org.jspecify.annotations.NullMarked;
