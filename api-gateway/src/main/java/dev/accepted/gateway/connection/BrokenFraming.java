package dev.accepted.gateway.connection;

/** A request whose beginning or end cannot be told for sure; the message is for the client. */
final class BrokenFraming extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    BrokenFraming(String what) {
        super(what);
    }
}
