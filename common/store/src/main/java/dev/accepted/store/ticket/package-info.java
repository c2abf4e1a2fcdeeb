/**
 * Tickets that were used.
 *
 * <p>Invariant: each is used once, at whichever gateway.
 */
@NullMarked
package dev.accepted.store.ticket;

import org.jspecify.annotations.NullMarked;
