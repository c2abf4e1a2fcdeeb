/**
 * A second table of jobs beside the live one: filled from the log, compared, put in its place.
 *
 * <pre>
 * schema shadow                            schema public                       schema retired
 * job · timer  ── compared, or swapped ──  job · timer   ── swapped out ──▶    job · timer, until they are dropped
 * lease · webhook (written and thrown away)
 * </pre>
 *
 * <p>A transaction that {@link dev.accepted.store.shadow.ShadowSchema#enter entered} the shadow writes there with the statements
 * that the live tables are written with: none of them names a schema.
 *
 * <p>Invariant: of the live tables nothing is changed but by the swap, which is one transaction; and nobody fires the timers,
 * or tells the webhooks, of a shadow.
 */
@NullMarked
package dev.accepted.store.shadow;

import org.jspecify.annotations.NullMarked;
