/**
 * The command as its users meet it: as a process. Kafka, PostgreSQL and mail are real; the gateway and the workers are a
 * small program of these tests, for what they do is no matter of the command's.
 */
@NullMarked
package dev.accepted.cli;

import org.jspecify.annotations.NullMarked;
