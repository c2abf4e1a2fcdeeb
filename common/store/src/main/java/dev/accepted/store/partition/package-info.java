/** Partitions of the job table, made ahead of the time they take. */
@NullMarked
package dev.accepted.store.partition;

import org.jspecify.annotations.NullMarked;
