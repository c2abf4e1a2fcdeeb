/**
 * The console: a page for operators and for developers of job types, at {@code /console}. It is files that are sent as they
 * are, and asks the same HTTP API that everybody asks.
 *
 * <p>Invariant: what the page may load, run and ask is of this gateway alone, and nothing of it is written into the page
 * itself; so whatever a job says of itself is text.
 */
@NullMarked
package dev.accepted.gateway.console;

import org.jspecify.annotations.NullMarked;
