/**
 * What the system stands on, for tests: one real Kafka broker and one real PostgreSQL server for each test JVM.
 *
 * <p>Invariant: nothing that a test starts here outlives its JVM, even one that is killed.
 */
@NullMarked
package dev.accepted.localstack;

import org.jspecify.annotations.NullMarked;
