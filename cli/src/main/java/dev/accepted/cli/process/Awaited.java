package dev.accepted.cli.process;

import dev.accepted.cli.terminal.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A process that has been started, and what tells that it serves.
 *
 * @param ready asked again and again, from one thread
 */
public record Awaited(Supervised process, BooleanSupplier ready) {

    private static final long PERIOD_MILLIS = 100;

    /**
     * Waits until all are ready.
     *
     * @throws Refusal when one of them ends or the time is over before; the end of its log is in the message
     */
    public static void all(List<Awaited> awaited, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<Awaited> missing = new ArrayList<>(awaited);
        while (true) {
            missing.removeIf(one -> one.ready().getAsBoolean());
            if (missing.isEmpty()) {
                return;
            }
            for (Awaited one : awaited) {
                one.process().death().ifPresent(death -> {
                    throw death;
                });
            }
            if (System.nanoTime() > deadline) {
                throw missing.get(0).process().tooLate(patience);
            }
            Thread.sleep(PERIOD_MILLIS);
        }
    }
}
