@NullMarked
package dev.accepted.cli.upkeep;

import org.jspecify.annotations.NullMarked;
