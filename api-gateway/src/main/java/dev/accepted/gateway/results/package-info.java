/**
 * Serves stored results, each under its digest.
 *
 * <p>Invariant: what a digest names never changes, and only the tenant that stored it finds it, as far as
 * it may read jobs of the type that made it. Operators have an address of their own for it, which names the tenant.
 */
@NullMarked
package dev.accepted.gateway.results;

import org.jspecify.annotations.NullMarked;
