/** See the package of the same name in the main tree. */
@NullMarked
package dev.accepted.gateway.console;

import org.jspecify.annotations.NullMarked;
