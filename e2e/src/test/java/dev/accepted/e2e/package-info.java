/**
 * The whole system as its users meet it: started by its launcher, spoken to over HTTP, hurt by signals.
 *
 * <p>Invariant: a test knows no class of the system but the contract; what else it knows it read over HTTP, in the run
 * files, in the log or by SQL.
 */
@NullMarked
package dev.accepted.e2e;

import org.jspecify.annotations.NullMarked;
