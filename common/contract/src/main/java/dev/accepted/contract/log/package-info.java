/**
 * Places in the log and names of its topics.
 *
 * <p>Invariant: all events of a job lie in one partition of {@code jobs.events}, in the order in which they happened.
 */
@NullMarked
package dev.accepted.contract.log;

import org.jspecify.annotations.NullMarked;
