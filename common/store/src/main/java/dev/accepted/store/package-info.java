/**
 * Everything SQL. One package a table: {@code job}, {@code lease}, {@code timer}, {@code reference}.
 *
 * <p>Invariant: what crosses to PostgreSQL goes in batches, one statement a batch, rows in id order, so that two
 * processes never wait for each other in a circle. Statements work on the connection their caller brings: transactions
 * are the caller's.
 */
@NullMarked
package dev.accepted.store;

import org.jspecify.annotations.NullMarked;
