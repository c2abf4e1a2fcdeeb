/**
 * The list a campaign goes to, read line by line and never held whole.
 *
 * <p>Invariant: a line has the same number and the same key each time the list is read, so an attempt can go on where
 * another ended. A mailbox's address is safe to put into an SMTP command and into a header.
 */
@NullMarked
package dev.accepted.email.recipients;

import org.jspecify.annotations.NullMarked;
