/**
 * How many jobs may run at once, as operators see it and set it.
 *
 * <p>Invariant: kinds are said as one says them, {@code tenant}, {@code queue}, {@code type}; how an address spells them is not shown.
 */
@NullMarked
package dev.accepted.cli.limits;

import org.jspecify.annotations.NullMarked;
