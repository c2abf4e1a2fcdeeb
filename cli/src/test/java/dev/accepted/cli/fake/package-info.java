/** A gateway and workers in as few lines as possible; JDK only, for some run from a jar of their own. */
@NullMarked
package dev.accepted.cli.fake;

import org.jspecify.annotations.NullMarked;
