/**
 * Job ids that prove themselves: {@code <prefix>-<26 characters: UUIDv7><8 characters: MAC>}, base32.
 *
 * <p>Invariant: an id whose seal verifies for a tenant was accepted by this fleet for that tenant, so it can be answered
 * before its row is there. The id is no credential; authentication stands in front of it.
 */
@NullMarked
package dev.accepted.contract.id;

import org.jspecify.annotations.NullMarked;
