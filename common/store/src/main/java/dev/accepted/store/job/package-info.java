/** The job table: the fold of the log, one row a job. */
@NullMarked
package dev.accepted.store.job;

import org.jspecify.annotations.NullMarked;
