/**
 * The object store: inputs too large for the log, results, reference data. Content-addressed and immutable.
 *
 * <p>Invariant: an object is there whole or not at all, and what was returned by a {@code put} survives a crash of the
 * machine. Tenants have name spaces of their own: a digest is found only by the tenant that stored it.
 */
@NullMarked
package dev.accepted.objects;

import org.jspecify.annotations.NullMarked;
