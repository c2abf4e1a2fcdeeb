package dev.accepted.cli.terminal;

/** Ends a command with exit status 1; the message is all that the user is shown, so it says what to do. */
public class Refusal extends RuntimeException {

    /** @param message whole sentences */
    public Refusal(String message) {
        super(message);
    }

    /**
     * A refusal with the reason behind it.
     *
     * @param message whole sentences
     */
    public Refusal(String message, Throwable cause) {
        super(message, cause);
    }
}
