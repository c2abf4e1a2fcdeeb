@NullMarked
package dev.accepted.gateway.upkeep;

import org.jspecify.annotations.NullMarked;
