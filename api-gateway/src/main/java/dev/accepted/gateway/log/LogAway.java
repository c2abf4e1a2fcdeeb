package dev.accepted.gateway.log;

/** The log did not take what was sent, or did not say so in time. */
public final class LogAway extends Exception {

    private static final long serialVersionUID = 1;

    LogAway(String message, Throwable cause) {
        super(message, cause);
    }
}
