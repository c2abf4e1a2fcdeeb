/**
 * Queues as their operators see them: how they stand, held up and let go on.
 *
 * <p>Invariant: what a gateway does not know is shown as unknown, not as nothing.
 */
@NullMarked
package dev.accepted.cli.queues;

import org.jspecify.annotations.NullMarked;
