package dev.accepted.gateway.replay;

import dev.accepted.store.replay.Replay;
import dev.accepted.store.replay.Tally;

/**
 * When a replay stops by itself.
 *
 * @param canary how many jobs its canary has once all of it is sent, 0 if it is past that or has none
 * @param share of failures, from 0 to 1, at which it stops
 */
record StopRule(int canary, double share) {

    /** A canary of which half fails was not worth sending the others after it. */
    private static final double OF_A_CANARY = 0.5;

    /** So many must have ended before a share of them means anything. */
    private static final int ENOUGH = 20;

    private static final double NEVER = 2;

    static StopRule of(Replay replay, Tally tally) {
        Integer canary = replay.plan().canary();
        Double stopAt = replay.plan().stopAt();
        int waitsFor = replay.isAtCanary() && canary != null ? canary : 0;
        if (replay.exhausted()) {
            // There were fewer jobs than were asked for as its canary.
            waitsFor = (int) Math.min(waitsFor, tally.taken());
        }
        return new StopRule(waitsFor, stopAt != null ? stopAt : waitsFor > 0 ? OF_A_CANARY : NEVER);
    }

    boolean isBroken(Tally tally) {
        if (canary > 0) {
            // Of a canary that cannot do well any more nobody needs to see the end.
            return tally.failed() > 0 && tally.failed() >= share * canary;
        }
        return tally.succeeded() + tally.failed() >= ENOUGH && tally.failureRate() >= share;
    }

    String sentence(Tally tally) {
        return "%d of the %d jobs%s that ended did not succeed; it stops at %d %%. Nothing more is sent, what was sent goes on."
                .formatted(
                        tally.failed(),
                        tally.succeeded() + tally.failed(),
                        canary > 0 ? " of the canary" : "",
                        Math.round(share * 100));
    }
}
