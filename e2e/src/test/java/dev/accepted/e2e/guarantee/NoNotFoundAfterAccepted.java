package dev.accepted.e2e.guarantee;

import dev.accepted.e2e.history.History;
import dev.accepted.e2e.history.Look;

/** Whoever asks for a job after its 202 finds it, on any gateway. */
final class NoNotFoundAfterAccepted implements Guarantee {

    private static final int NOT_FOUND = 404;

    @Override
    public String promise() {
        return "A job that was accepted is never 404, on no gateway.";
    }

    @Override
    public void judge(History history, Findings findings) {
        for (Look look : history.all(Look.class)) {
            findings.expect(
                    look.code() != NOT_FOUND,
                    () -> look.jobId() + " was 404 on " + look.gateway() + " at " + look.answeredAt());
        }
    }
}
