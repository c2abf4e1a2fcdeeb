/**
 * Records that nobody could read, as operators see them: listed, shown, sent once more, dropped.
 *
 * <p>Invariant: of several that are named each is settled or refused by itself, and the worst of it is the exit status.
 */
@NullMarked
package dev.accepted.cli.dead;

import org.jspecify.annotations.NullMarked;
