/**
 * The jobs of all tenants as operators see them: lists, one job with its input, its timeline and its result.
 *
 * <p>Invariants: every route asks for the scope {@code operations} before anything else; nothing here widens what a tenant
 * sees. What a deployment sends to others in a tenant's name, such as a webhook with its address, is shown by its digest.
 */
@NullMarked
package dev.accepted.gateway.fleet;

import org.jspecify.annotations.NullMarked;
