/**
 * What is measured and printed rather than judged: alone, in profile {@code measure}, on a machine with nothing else to
 * do.
 */
@NullMarked
package dev.accepted.e2e.measure;

import org.jspecify.annotations.NullMarked;
