package dev.accepted.gateway.upkeep;

import dev.accepted.store.upkeep.Upkeep.Kind;
import dev.accepted.store.upkeep.Upkeep.Progress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a verification or a rebuild gets on: told by the thread that does it, asked by the one that writes it down. */
final class Run {

    private static final double OLD_WEIGHT = 0.7;

    private final UUID id;
    private final Kind kind;
    private volatile Stage stage = Stage.PREPARING;
    private volatile long read;
    private volatile long total;
    private volatile @Nullable Halted halted;

    private long measuredAt;
    private long measuredRead;
    private double rate;

    Run(UUID id, Kind kind) {
        this.id = id;
        this.kind = kind;
    }

    UUID id() {
        return id;
    }

    Kind kind() {
        return kind;
    }

    Stage stage() {
        return stage;
    }

    void at(Stage now) {
        requireGoing();
        stage = now;
    }

    /** Says how many records of the log were read, of how many. */
    void read(long records, long of) {
        total = of;
        read = records;
    }

    /** Lets it end at the next occasion. */
    void halt(Halted why) {
        if (halted == null) {
            halted = why;
        }
    }

    /** @throws Halted if it is to end */
    void requireGoing() {
        Halted why = halted;
        if (why != null) {
            throw why;
        }
    }

    /** How far it is, with the rate of the last seconds. For one thread. */
    Progress measure(long nanoTime) {
        long now = read;
        if (measuredAt != 0 && nanoTime > measuredAt) {
            double fresh = (now - measuredRead) * 1e9 / (nanoTime - measuredAt);
            rate = rate == 0 ? fresh : OLD_WEIGHT * rate + (1 - OLD_WEIGHT) * fresh;
        }
        measuredAt = nanoTime;
        measuredRead = now;
        return new Progress(now, total, Math.max(0, rate));
    }
}
