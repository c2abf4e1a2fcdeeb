/** What operators said of queues: those that are paused. */
@NullMarked
package dev.accepted.store.queue;

import org.jspecify.annotations.NullMarked;
