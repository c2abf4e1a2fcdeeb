/**
 * Holds the table of jobs against the log, and makes it anew out of the log, for operators.
 *
 * <pre>
 * verification: shadow ◀─ fold ─ log, to where the table is ─▶ compare at one moment ─ differs ─▶ look once more ─▶ named
 * rebuild:      shadow ◀─ fold ─ log, to where the table is ─▶ indexes ─▶ nobody folds ─▶ the last records ─▶ swap
 * </pre>
 *
 * <p>Invariants: the shadow is never further in the log than the live table, so what it folds was folded, and told, before.
 * Nothing of the live tables changes but in the one transaction that swaps, which also says that it did. Of all gateways
 * one does one of them at a time.
 */
@NullMarked
package dev.accepted.gateway.upkeep;

import org.jspecify.annotations.NullMarked;
