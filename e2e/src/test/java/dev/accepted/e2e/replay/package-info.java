/** Operators' replays against real processes. */
@NullMarked
package dev.accepted.e2e.replay;

import org.jspecify.annotations.NullMarked;
