/**
 * Tells clients of their jobs: one job, one message, to one address.
 *
 * <pre>
 * url ─▶ resolve, once ─▶ judge every address ─▶ connect to that very address ─▶ sign, send ─▶ judge the answer
 * </pre>
 *
 * <p>Invariant: no connection is made to an address that was not judged, whatever a name resolves to a moment later. No
 * redirect is followed, and what a receiver answers is read to a bound and shown to nobody.
 */
@NullMarked
package dev.accepted.webhooks;

import org.jspecify.annotations.NullMarked;
