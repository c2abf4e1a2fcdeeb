package dev.accepted.cli.gateway;

import dev.accepted.cli.terminal.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** When one request is sent again. Each is waited for a little longer, or as long as the gateway asks. */
final class Retries {

    private static final long FIRST_MILLIS = 250;
    private static final long LONGEST_MILLIS = 4_000;

    private final Duration patience;
    private final Consumer<String> notices;
    private long began;
    private boolean hasBegun;
    private long nextMillis = FIRST_MILLIS;

    /**
     * @param patience counted from the first failure: the time that its answer took is not the caller's fault
     * @param notices is told why nothing happens
     */
    Retries(Duration patience, Consumer<String> notices) {
        this.patience = patience;
        this.notices = notices;
    }

    /**
     * Waits until the next attempt.
     *
     * @throws Refusal {@code problem} itself, when the patience would be over before
     */
    void waitAfter(Refusal problem, Optional<Duration> told) throws InterruptedException {
        if (!hasBegun) {
            hasBegun = true;
            began = System.nanoTime();
        }
        // A gateway that says "at once" is believed, but not hammered.
        long millis = Math.max(FIRST_MILLIS, told.map(Duration::toMillis).orElse(nextMillis));
        long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        if (elapsed + millis > patience.toMillis()) {
            throw problem;
        }
        notices.accept(firstLine(problem) + " Trying again in " + seconds(millis) + " s.");
        nextMillis = Math.min(LONGEST_MILLIS, 2 * nextMillis);
        Thread.sleep(millis);
    }

    private static String firstLine(Refusal problem) {
        String text = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
        return text.matches(".*[.?]") ? text : text + ".";
    }

    private static String seconds(long millis) {
        return millis % 1_000 == 0 ? Long.toString(millis / 1_000) : Double.toString(millis / 1e3);
    }
}
