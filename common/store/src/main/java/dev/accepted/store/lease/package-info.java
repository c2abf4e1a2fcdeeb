/** The lease table: who runs which job now; the only lock. */
@NullMarked
package dev.accepted.store.lease;

import org.jspecify.annotations.NullMarked;
