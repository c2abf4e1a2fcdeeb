/** Clients that follow jobs: by a stream, by waiting, and in a browser. */
@NullMarked
package dev.accepted.e2e.follow;

import org.jspecify.annotations.NullMarked;
