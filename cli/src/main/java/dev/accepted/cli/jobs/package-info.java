/**
 * Jobs as a client sees them: one, many, their ends, and how to end them early.
 *
 * <p>Invariant: ids are shown whole, and what a gateway does not say is not shown.
 */
@NullMarked
package dev.accepted.cli.jobs;

import org.jspecify.annotations.NullMarked;
