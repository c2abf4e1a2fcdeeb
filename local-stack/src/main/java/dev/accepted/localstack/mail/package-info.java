/**
 * A mail server that takes everything for everybody and delivers nothing: what was sent can be counted and read.
 *
 * <p>Invariant: a mail is counted only when the sender was told that it is accepted, and once for each recipient.
 */
@NullMarked
package dev.accepted.localstack.mail;

import org.jspecify.annotations.NullMarked;
