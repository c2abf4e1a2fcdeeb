package dev.accepted.gateway.overview;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The entries that were put last, a bounded number of them. Safe for use by many threads. */
final class Latest<K, V> {

    private final int most;
    private final LinkedHashMap<K, V> entries = new LinkedHashMap<>();

    Latest(int most) {
        this.most = most;
    }

    /** Puts an entry, which is the latest then; the earliest makes room for it. */
    synchronized void put(K key, V value) {
        entries.remove(key);
        entries.put(key, value);
        if (entries.size() > most) {
            Iterator<K> eldest = entries.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** Puts an entry unless a later one is there, or no room. */
    synchronized void putIfAbsent(K key, V value) {
        if (entries.size() < most) {
            entries.putIfAbsent(key, value);
        }
    }

    /** Takes the latest out, so many at most; the others are forgotten. */
    synchronized Map<K, V> take(int atMost) {
        List<K> keys = new ArrayList<>(entries.keySet());
        Map<K, V> taken = new LinkedHashMap<>();
        for (K key : keys.subList(Math.max(0, keys.size() - atMost), keys.size())) {
            taken.put(key, entries.get(key));
        }
        entries.clear();
        return taken;
    }

    synchronized void clear() {
        entries.clear();
    }
}
