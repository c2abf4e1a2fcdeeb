/**
 * {@code accepted audit}: asks a gateway where every unfinished job is.
 *
 * <p>Invariant: its exit status says whether all is well, so that a script can ask.
 */
@NullMarked
package dev.accepted.cli.audit;

import org.jspecify.annotations.NullMarked;
