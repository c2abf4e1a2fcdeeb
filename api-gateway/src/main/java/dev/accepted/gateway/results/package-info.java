/**
 * Serves stored results, each under its digest.
 *
 * <p>Invariant: what a digest names never changes, and only the tenant that stored it finds it.
 */
@NullMarked
package dev.accepted.gateway.results;

import org.jspecify.annotations.NullMarked;
