/**
 * The job types of this worker: found among its beans, announced on {@code jobs.catalog}.
 *
 * <p>Invariant: a worker serves one queue; all its types belong to it.
 */
@NullMarked
package dev.accepted.engine.types;

import org.jspecify.annotations.NullMarked;
