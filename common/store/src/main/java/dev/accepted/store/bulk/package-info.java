/** Batches of jobs: how many were accepted, and what became of them. */
@NullMarked
package dev.accepted.store.bulk;

import org.jspecify.annotations.NullMarked;
