/**
 * What the HTTP server itself would refuse, before there is a request that a route could answer: broken framing, heads that
 * are too large, heads that never end.
 *
 * <pre>
 * bytes ─▶ ConnectionGuard ─▶ StrictRequestDecoder ─▶ Exchanges ─▶ Vert.x ─▶ HeadLimits ─▶ routes
 *            stalled: 408         broken: marked       counts, lingers   └▶ InvalidRequest: 400, 414, 431
 * </pre>
 *
 * <p>Invariant: whoever is refused gets problem+json with a request_id, sees it before the connection ends, and nothing
 * that follows on the connection is taken for a request.
 */
@NullMarked
package dev.accepted.gateway.connection;

import org.jspecify.annotations.NullMarked;
