package dev.accepted.contract.callback;

/** A callback goes where none may go; the message says why, for its client to read. */
public final class NotAllowed extends Exception {

    private static final long serialVersionUID = 1L;

    public NotAllowed(String why) {
        super(why);
    }

    /** Why, as a sentence. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
