/**
 * Writes to the log and reads single records back from it.
 *
 * <p>Invariant: an append completes only when the brokers have it on all in-sync replicas.
 */
@NullMarked
package dev.accepted.gateway.log;

import org.jspecify.annotations.NullMarked;
