/**
 * Folds the log into the job table.
 *
 * <pre>
 * poll ─▶ decode ─▶ group by job ─▶ lock rows ─▶ fold ─▶ insert · update · timers · leases · positions ─▶ commit
 *           └─▶ jobs.dead (what nobody can read, and what PostgreSQL refuses: found by halving the batch)
 * </pre>
 *
 * <p>Invariant: rows, timers and positions change in one transaction, so what was folded is folded once; and because
 * the fold takes any duplication and interleaving, two gateways may fold one job at once.
 */
@NullMarked
package dev.accepted.gateway.projection;

import org.jspecify.annotations.NullMarked;
