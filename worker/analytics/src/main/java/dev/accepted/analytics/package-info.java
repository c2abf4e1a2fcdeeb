/**
 * The worker of {@code data.process}: finds clusters in a data set, or the figures of its columns.
 *
 * <p>Reads the input twice ({@code input}), works on one array of doubles ({@code clustering}, {@code summary}), and says
 * how far it is on the way ({@code course}).
 *
 * <p>Invariant: the same request has the same result, bit for bit, on every machine: chance comes from the request's
 * seed, and limits are of rows and arithmetic, never of time.
 */
@NullMarked
package dev.accepted.analytics;

import org.jspecify.annotations.NullMarked;
