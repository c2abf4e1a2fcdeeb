/**
 * The OpenAPI document: what is always served (the resources {@code openapi/*.json}, one a duty) and the catalog's types
 * as they are now.
 *
 * <p>Invariant: a type is in the document if and only if it can be submitted.
 *
 * <pre>
 * Parts ──▶ TypeParts (each type) ──▶ ProblemResponses (x-problems, by slug) ──▶ HeadOperations
 * </pre>
 *
 * <p>A new route is a few lines in its duty's resource: its parameters, its good answers, and in {@code x-problems} the
 * slugs that only it can meet. What follows from the shape of an operation (its credentials, its body, what it answers
 * with) is added to all alike.
 */
@NullMarked
package dev.accepted.gateway.openapi;

import org.jspecify.annotations.NullMarked;
