@NullMarked
package dev.accepted.gateway.dead;

import org.jspecify.annotations.NullMarked;
