/**
 * Bodies that are too large to hold: uploads go to a file, downloads come piece by piece.
 *
 * <p>Invariant: neither a slow sender nor a slow reader holds a thread, and neither makes the gateway hold its body.
 */
@NullMarked
package dev.accepted.gateway.streaming;

import org.jspecify.annotations.NullMarked;
