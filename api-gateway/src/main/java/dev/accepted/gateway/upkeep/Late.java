package dev.accepted.gateway.upkeep;

/** The last records could not be read in time; others must not wait any longer. */
final class Late extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Late() {
        super(null, null, false, false);
    }
}
