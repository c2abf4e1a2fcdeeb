/**
 * Limits on how many jobs run at once: operators set them here, the workers hold back what finds no room, and from here it
 * is sent again when there is some.
 *
 * <p>Invariants: what waits for a limit waits for no time, and in the order in which it came to wait; of what is sent the
 * room is kept until a worker has claimed it.
 */
@NullMarked
package dev.accepted.gateway.concurrency;

import org.jspecify.annotations.NullMarked;
