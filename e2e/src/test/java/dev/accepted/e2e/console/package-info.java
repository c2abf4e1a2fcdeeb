/**
 * The console in a real browser: Chromium, spoken to over its DevTools protocol, clicked and typed into as a person would.
 *
 * <p>Invariant: what a test says of a view it has read off the page, not out of the console's modules.
 */
@NullMarked
package dev.accepted.e2e.console;

import org.jspecify.annotations.NullMarked;
