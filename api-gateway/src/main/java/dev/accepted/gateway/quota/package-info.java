/**
 * What a tenant may take of the system: requests and bytes in a time, unfinished jobs at once. Nobody is limited unless
 * the deployment says so.
 *
 * <pre>
 * request ─▶ Buckets: requests ─▶ … checks … ─▶ Backlog: unfinished jobs, Buckets: bytes ─▶ the log
 * </pre>
 *
 * <p>Invariants: a refusal is 429, says which policy was violated and when to come again; what cannot be counted, because
 * PostgreSQL is away, refuses nobody; no request waits for a count.
 */
@NullMarked
package dev.accepted.gateway.quota;

import org.jspecify.annotations.NullMarked;
