package dev.accepted.email.smtp;

/** How a mail ended: the only answers there are. */
public sealed interface Outcome {

    /** The server has taken it. */
    record Sent() implements Outcome {}

    /**
     * The server will never take it.
     *
     * @param reason its words, on one line and without the address
     */
    record Refused(String reason) implements Outcome {}
}
