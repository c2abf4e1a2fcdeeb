/**
 * Hands mails to an SMTP server over a few connections that stay open.
 *
 * <p>Built on Angus Mail: its blocking transport keeps one connection for a whole campaign, says which command the
 * server refused with which code, and takes a Message-ID as given. A reactive client would pipeline commands, but hides
 * behind its pool what failed where; parallel connections win more than pipelining does.
 *
 * <p>Invariant: a mail ends as sent, or refused for good (5xx about this mail); anything else is tried again here a few
 * times and then ends the attempt, with the mail unsettled. A connection lost after the last byte leaves it unknown
 * whether the server has the mail: it is sent again with the same Message-ID.
 */
@NullMarked
package dev.accepted.email.smtp;

import org.jspecify.annotations.NullMarked;
