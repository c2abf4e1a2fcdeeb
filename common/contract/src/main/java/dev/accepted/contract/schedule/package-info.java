/**
 * Schedules as {@code jobs.schedules} has them: what is to be sent again and again, and when.
 *
 * <p>Invariant: the latest record of a key is the schedule, its offset the version; one without a value ends it.
 */
@NullMarked
package dev.accepted.contract.schedule;

import org.jspecify.annotations.NullMarked;
