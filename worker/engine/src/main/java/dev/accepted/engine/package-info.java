/**
 * What a worker is built on, and all that its authors see: a handler, its context, and the ways a run can end.
 *
 * <p>Invariant: a handler answers only from a closed list: a value, {@link dev.accepted.engine.InputRejected},
 * {@link dev.accepted.engine.PermanentFailure}, or any other exception, which the type's retry policy judges.
 */
@NullMarked
package dev.accepted.engine;

import org.jspecify.annotations.NullMarked;
