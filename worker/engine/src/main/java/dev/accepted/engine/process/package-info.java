/**
 * A worker process: its settings, its start, and its end.
 *
 * <p>Invariant: it starts to poll only after its types are announced, and stops polling before it lets its jobs go.
 */
@NullMarked
package dev.accepted.engine.process;

import org.jspecify.annotations.NullMarked;
