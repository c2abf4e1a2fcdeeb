package dev.accepted.email.smtp;

/** The server takes no mail at all from this sender; the message has its words. */
public final class SenderRefused extends Exception {

    SenderRefused(String reason) {
        super(reason);
    }
}
