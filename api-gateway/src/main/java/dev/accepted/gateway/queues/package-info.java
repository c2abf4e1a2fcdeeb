/**
 * How the queues stand, for operators, and what they may do with them: pause, go on.
 *
 * <p>Invariant: a pause is a row that workers read with each renewal of their leases; nothing is told to a worker, so none
 * is missed.
 */
@NullMarked
package dev.accepted.gateway.queues;

import org.jspecify.annotations.NullMarked;
