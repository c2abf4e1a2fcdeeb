/**
 * A Kafka cluster on the loopback interface: one broker or three, each a process, controller and broker in one.
 *
 * <p>Invariant: a directory is formatted once. Starting again on it keeps every record, whatever ended the last run;
 * ports may change between runs, the number of brokers may not.
 */
@NullMarked
package dev.accepted.localstack.kafka;

import org.jspecify.annotations.NullMarked;
