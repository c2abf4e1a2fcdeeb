/**
 * What verifies and rebuilds the table of jobs: who does it, how it gets on, what came of it.
 *
 * <p>Invariant: of all gateways one does one of them at a time, and it is written here; a gateway that is not heard of any
 * more has lost it, and can no longer end it.
 */
@NullMarked
package dev.accepted.store.upkeep;

import org.jspecify.annotations.NullMarked;
