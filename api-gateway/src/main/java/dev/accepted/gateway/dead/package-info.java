/**
 * What lies in {@code jobs.dead}, for operators, and what they may do with it: look, send again, drop.
 *
 * <p>Invariant: a record of the log is never changed. That it is settled is a row, written in the transaction within which
 * it is sent, so that of two operators one settles it.
 */
@NullMarked
package dev.accepted.gateway.dead;

import org.jspecify.annotations.NullMarked;
