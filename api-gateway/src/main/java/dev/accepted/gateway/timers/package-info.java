/**
 * What is to happen later: timers that are due are fired, leases past their time are declared lost, jobs past their
 * deadline are ended.
 *
 * <p>Invariant: a timer is dropped, and a lease ended, only after the log has what they were there for. Many gateways
 * do this at once: each takes what nobody else has locked.
 */
@NullMarked
package dev.accepted.gateway.timers;

import org.jspecify.annotations.NullMarked;
