/**
 * Placeholders of the form {@code {{column}}}, filled with a recipient's columns: no logic, no other syntax.
 *
 * <p>Invariant: whatever stands in a column, it stays a value. In HTML it becomes no markup, in a subject no further
 * header.
 */
@NullMarked
package dev.accepted.email.rendering;

import org.jspecify.annotations.NullMarked;
