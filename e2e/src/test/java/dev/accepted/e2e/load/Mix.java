package dev.accepted.e2e.load;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What clients want, by chance: mostly little, some of it long, some that fails, some for later, some not after all.
 *
 * @param longest milliseconds that a long job takes at most
 */
public record Mix(RandomGenerator chance, long longest) {

    private static final int LITTLE = 40;
    private static final int SHORT = 70;
    private static final int FEW_FAILURES = 77;
    private static final int MANY_FAILURES = 80;
    private static final int HOPELESS = 84;
    private static final int LATER = 90;
    private static final int CANCELLED = 97;
    private static final int CANCELLED_LATER = 99;

    /** The next one. For one thread. */
    Order next() {
        int kind = chance.nextInt(100);
        if (kind < LITTLE) {
            return Order.of(new Kind.Noop());
        } else if (kind < SHORT) {
            return Order.of(new Kind.Sleep(chance.nextLong(1, 200)));
        } else if (kind < FEW_FAILURES) {
            return Order.of(new Kind.Fail(chance.nextInt(1, 3), false));
        } else if (kind < MANY_FAILURES) {
            return Order.of(new Kind.Fail(chance.nextBoolean() ? null : 8, false));
        } else if (kind < HOPELESS) {
            return Order.of(new Kind.Fail(null, true));
        } else if (kind < LATER) {
            return new Order(new Kind.Noop(), seconds(1, 10), null);
        } else if (kind < CANCELLED) {
            return new Order(new Kind.Sleep(chance.nextLong(1_000, 4_000)), null, seconds(0, 3));
        } else if (kind < CANCELLED_LATER) {
            return new Order(new Kind.Sleep(1), seconds(4, 10), seconds(0, 6));
        } else {
            return Order.of(new Kind.Sleep(chance.nextLong(longest / 4, longest)));
        }
    }

    private Duration seconds(int from, int to) {
        return Duration.ofMillis(chance.nextLong(from * 1_000L, to * 1_000L));
    }
}
