/** The schedule table: a view of {@code jobs.schedules}, and when each fires next. */
@NullMarked
package dev.accepted.store.schedule;

import org.jspecify.annotations.NullMarked;
