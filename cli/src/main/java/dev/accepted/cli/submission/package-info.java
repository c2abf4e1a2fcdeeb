/**
 * Hands jobs in.
 *
 * <p>Invariant: an input travels byte for byte as it was given, and a submission that may be sent twice has a key, so that
 * it makes one job.
 */
@NullMarked
package dev.accepted.cli.submission;

import org.jspecify.annotations.NullMarked;
