/**
 * The worker processes that are there, for operators, and what they may do with one: drain it, let it take jobs again.
 *
 * <p>Invariant: a drain is written on the worker's own row, which the worker renews and reads once a second; nothing is told
 * to it, so nothing is missed. A process that ends takes its row with it.
 */
@NullMarked
package dev.accepted.gateway.workers;

import org.jspecify.annotations.NullMarked;
