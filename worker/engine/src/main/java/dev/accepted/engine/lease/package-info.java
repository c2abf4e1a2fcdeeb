/**
 * Keeps this worker's leases alive, and hears what is to be stopped and what is limited.
 *
 * <p>Invariant: renewed are exactly the attempts held in memory; past its time on this process's own clock a lease counts as lost.
 */
@NullMarked
package dev.accepted.engine.lease;

import org.jspecify.annotations.NullMarked;
