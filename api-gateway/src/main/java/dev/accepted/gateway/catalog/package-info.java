/**
 * The job types that workers announce on {@code jobs.catalog}: routes, schemas, scopes.
 *
 * <pre>
 * jobs.catalog ─▶ CatalogFollower ─▶ CatalogSnapshot ─▶ submission, status, openapi
 * </pre>
 *
 * <p>Invariant: a snapshot is immutable and whole; a descriptor that does not read changes nothing.
 */
@NullMarked
package dev.accepted.gateway.catalog;

import org.jspecify.annotations.NullMarked;
