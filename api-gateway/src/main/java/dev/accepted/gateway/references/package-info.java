/**
 * Reference data that jobs name: recipient lists and ledgers.
 *
 * <pre>
 * PUT ─▶ check every row ─▶ canonical form ─▶ object store (immutable) ─▶ row: the name's current version
 * </pre>
 *
 * <p>Invariant: a version never changes, and one with a bad row is not stored at all; a job that was accepted keeps the
 * version that was current then.
 */
@NullMarked
package dev.accepted.gateway.references;

import org.jspecify.annotations.NullMarked;
