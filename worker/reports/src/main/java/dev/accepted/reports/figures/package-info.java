/**
 * What a report says, computed: pure functions of a ledger, a period and the departments asked for.
 *
 * <p>Invariant: every sum is the exact sum of the ledger's entries; only percentages are rounded. A month for which the
 * ledger has no entry at all is not shown as zero but named as missing.
 */
@NullMarked
package dev.accepted.reports.figures;

import org.jspecify.annotations.NullMarked;
