/** Binds a batch of rows to one statement, as one array a column. */
@NullMarked
package dev.accepted.store.batch;

import org.jspecify.annotations.NullMarked;
