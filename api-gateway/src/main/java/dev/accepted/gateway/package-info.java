/**
 * The gateway: answers 202, shows how jobs stand, folds the log.
 *
 * <pre>
 * client ─▶ submission ─▶ jobs.commands.* / jobs.later        timers ─▶ jobs.commands.*
 * client ─▶ status, results ─▶ job table ◀─ projection ◀─ the log
 * catalog ◀─ jobs.catalog (what the workers announce): routes, schemas, scopes
 * </pre>
 *
 * <p>Invariant: no code of one job type. What it knows of types it knows from the catalog.
 */
@NullMarked
package dev.accepted.gateway;

import org.jspecify.annotations.NullMarked;
