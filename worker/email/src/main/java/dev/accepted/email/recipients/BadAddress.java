package dev.accepted.email.recipients;

/** An address that no mail can be sent to. */
public final class BadAddress extends Exception {

    private final String reason;

    BadAddress(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** Why, without the address, so that equal reasons are equal. */
    public String reason() {
        return reason;
    }
}
