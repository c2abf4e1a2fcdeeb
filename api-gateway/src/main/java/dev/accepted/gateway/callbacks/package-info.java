/**
 * Judges where a submission's callback goes, before the job is accepted.
 *
 * <p>Invariant: this is for the client to learn early that its callback would never be called. What keeps deliveries
 * away from where they must not go is the worker, which judges again the very addresses that it connects to.
 */
@NullMarked
package dev.accepted.gateway.callbacks;

import org.jspecify.annotations.NullMarked;
