/**
 * Files: the working tree that the launcher stands in, and how this program writes its own.
 *
 * <p>Invariant: what another process may read is replaced whole, never written over.
 */
@NullMarked
package dev.accepted.cli.files;

import org.jspecify.annotations.NullMarked;
