/**
 * Leaving without breaking a promise.
 *
 * <pre>
 * SIGTERM ─▶ readiness down ─(notice)─▶ what would change something: 503 ─▶ requests in flight end ─▶ the server stops
 * </pre>
 *
 * <p>Invariant: whoever has been let in is answered, as long as that takes no longer than is allowed.
 */
@NullMarked
package dev.accepted.gateway.draining;

import org.jspecify.annotations.NullMarked;
