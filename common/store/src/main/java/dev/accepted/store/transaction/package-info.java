/** Transactions around batches. */
@NullMarked
package dev.accepted.store.transaction;

import org.jspecify.annotations.NullMarked;
