/**
 * What operators had run again: which jobs a replay chooses, which it took, how far it is.
 *
 * <p>Invariant: a job is written down as taken, with its version, before anything of it is sent.
 */
@NullMarked
package dev.accepted.store.replay;

import org.jspecify.annotations.NullMarked;
