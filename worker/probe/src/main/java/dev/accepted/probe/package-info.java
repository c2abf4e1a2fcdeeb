/**
 * Job types that do next to nothing, for smoke tests and benchmarks of everything around them.
 *
 * <p>Invariant: each execution that begins is written to the execution log, if there is one, before anything else.
 */
@NullMarked
package dev.accepted.probe;

import org.jspecify.annotations.NullMarked;
