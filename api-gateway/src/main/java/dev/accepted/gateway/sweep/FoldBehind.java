package dev.accepted.gateway.sweep;

/** The table is not as far as the log, so nothing can be said of any job. */
public final class FoldBehind extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FoldBehind(long records) {
        super("the projection has " + records + " records to fold first", null, false, false);
    }
}
