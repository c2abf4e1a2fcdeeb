/** The timer table: what is to be sent to a queue later. */
@NullMarked
package dev.accepted.store.timer;

import org.jspecify.annotations.NullMarked;
