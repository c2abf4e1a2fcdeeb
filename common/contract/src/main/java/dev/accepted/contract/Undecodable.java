package dev.accepted.contract;

import org.jspecify.annotations.Nullable;

/** A record that is not of the contract: it goes whole to {@code jobs.dead}, with this message as the reason. */
public final class Undecodable extends Exception {

    private static final long serialVersionUID = 1L;

    public Undecodable(String reason) {
        this(reason, null);
    }

    public Undecodable(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
