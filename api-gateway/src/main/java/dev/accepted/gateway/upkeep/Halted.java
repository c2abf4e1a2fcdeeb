package dev.accepted.gateway.upkeep;

import dev.accepted.store.upkeep.Upkeep.Status;

/** It ends here, and nothing was changed; the message says why, in whole sentences for operators. */
public final class Halted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Status as;

    /** @param why whole sentences, for operators */
    Halted(Status as, String why) {
        super(why, null, false, false);
        this.as = as;
    }

    /** The gateway stops. */
    static Halted byStop() {
        return new Halted(
                Status.FAILED, "The gateway that did it was stopped. Nothing was changed; it can be started again.");
    }

    Status as() {
        return as;
    }

    /** Whole sentences, for operators. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
