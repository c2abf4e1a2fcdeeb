/** What became of records of {@code jobs.dead}: those that an operator sent again or dropped. */
@NullMarked
package dev.accepted.store.dead;

import org.jspecify.annotations.NullMarked;
