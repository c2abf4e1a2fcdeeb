package dev.accepted.store.idempotency;

import java.util.Comparator;

/**
 * A client's key where it counts: the same key of another tenant or on another route is another one.
 *
 * @param route the path that it was sent to
 */
public record ScopedKey(String tenant, String route, String key) implements Comparable<ScopedKey> {

    private static final Comparator<ScopedKey> ORDER = Comparator.comparing(ScopedKey::tenant)
            .thenComparing(ScopedKey::route)
            .thenComparing(ScopedKey::key);

    @Override
    public int compareTo(ScopedKey other) {
        return ORDER.compare(this, other);
    }
}
