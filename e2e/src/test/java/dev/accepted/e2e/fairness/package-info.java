/** Tenants that share a queue: what one feels of another, and what it costs that it feels so little. */
@NullMarked
package dev.accepted.e2e.fairness;

import org.jspecify.annotations.NullMarked;
