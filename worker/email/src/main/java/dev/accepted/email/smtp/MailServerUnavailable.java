package dev.accepted.email.smtp;

/** The server could not be reached, or put a mail off, more often than one attempt is patient. */
public final class MailServerUnavailable extends Exception {

    MailServerUnavailable(SmtpServer server, int tries, String words, Throwable cause) {
        super(
                "The mail server " + server + " took no mail in " + tries + " tries (" + words
                        + "); the campaign goes on from here with the job's next attempt.",
                cause);
    }
}
