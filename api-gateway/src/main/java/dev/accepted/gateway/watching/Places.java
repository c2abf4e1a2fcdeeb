package dev.accepted.gateway.watching;

import dev.accepted.gateway.system.GatewayConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** How many may follow jobs on this gateway at once. Safe for use by many threads. */
@Singleton
public class Places {

    private final AtomicInteger free;

    @Inject
    Places(GatewayConfig config) {
        this(config.watching().followers());
    }

    Places(int most) {
        this.free = new AtomicInteger(most);
    }

    /** Takes a place; false if there is none. */
    public boolean take() {
        if (free.decrementAndGet() >= 0) {
            return true;
        }
        free.incrementAndGet();
        return false;
    }

    public void giveBack() {
        free.incrementAndGet();
    }

    /** How many more may come. */
    public int free() {
        return free.get();
    }
}
