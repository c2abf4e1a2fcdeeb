/**
 * Clients: they submit jobs of every kind to every gateway, look at them, cancel some, and send what is not acceptable.
 *
 * <p>Invariant: every request has a name of its own (its client reference), so that a job is known also when its 202
 * was lost; and what was not answered is never taken for refused.
 */
@NullMarked
package dev.accepted.e2e.load;

import org.jspecify.annotations.NullMarked;
