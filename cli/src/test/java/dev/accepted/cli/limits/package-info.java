/** See the package of the same name in the main tree. */
@NullMarked
package dev.accepted.cli.limits;

import org.jspecify.annotations.NullMarked;
