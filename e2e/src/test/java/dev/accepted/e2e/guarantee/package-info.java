/**
 * The promises, one class each: what the system says it does, whatever breaks.
 *
 * <p>Invariant: a guarantee judges a {@link dev.accepted.e2e.history.History} and touches nothing else. It counts what
 * it looked at, so that a run in which a promise was never at stake is not taken for one in which it was kept.
 *
 * <p>Here belong, with the features that they are about: tenants are apart.
 */
@NullMarked
package dev.accepted.e2e.guarantee;

import org.jspecify.annotations.NullMarked;
