/**
 * A PostgreSQL server on the loopback interface, from binaries that Maven brings.
 *
 * <p>Invariant: a directory is initialized once and whole (an initialization that was cut short is begun anew), and
 * starting again on it keeps every committed row, whatever ended the last run. Commits are durable: nothing is traded
 * for speed.
 */
@NullMarked
package dev.accepted.localstack.postgres;

import org.jspecify.annotations.NullMarked;
