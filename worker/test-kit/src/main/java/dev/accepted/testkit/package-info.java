/** Runs a job type's handler by itself: no Kafka, no PostgreSQL, everything it did kept for the test to look at. */
@NullMarked
package dev.accepted.testkit;

import org.jspecify.annotations.NullMarked;
