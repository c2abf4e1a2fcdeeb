/**
 * Callbacks: what a client is told of its job, where to, how that is signed, and which addresses are never called.
 *
 * <p>Invariant: gateway and worker judge an address by the same rules, the one when a job is submitted, the other again
 * when it connects. What is signed are the bytes that are sent.
 */
@NullMarked
package dev.accepted.contract.callback;

import org.jspecify.annotations.NullMarked;
