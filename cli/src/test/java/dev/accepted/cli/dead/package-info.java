/** See the package of the same name in the main tree. */
@NullMarked
package dev.accepted.cli.dead;

import org.jspecify.annotations.NullMarked;
