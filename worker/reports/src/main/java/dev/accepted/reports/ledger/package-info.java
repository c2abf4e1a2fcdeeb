/**
 * The books of one year, read from the canonical CSV {@code department,month,revenue,expense}.
 *
 * <p>Invariant: amounts are exact decimals from end to end; a ledger that was read has only months of its own year and a
 * bounded number of departments, so a report's memory is bounded too.
 */
@NullMarked
package dev.accepted.reports.ledger;

import org.jspecify.annotations.NullMarked;
