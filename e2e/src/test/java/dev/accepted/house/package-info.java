/**
 * The rules of the house, held against what the modules have built and against the files beside them.
 *
 * <p>Invariant: what is looked at is found in the root {@code pom.xml}, so a new module is watched from its first day; a
 * rule about a package that is not there fails.
 */
@NullMarked
package dev.accepted.house;

import org.jspecify.annotations.NullMarked;
