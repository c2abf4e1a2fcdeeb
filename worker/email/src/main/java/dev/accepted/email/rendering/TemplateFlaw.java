package dev.accepted.email.rendering;

/** A text that cannot be rendered. */
public final class TemplateFlaw extends Exception {

    private final String reason;

    TemplateFlaw(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** Why, for the client to read. */
    public String reason() {
        return reason;
    }
}
