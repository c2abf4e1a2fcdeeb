package dev.accepted.gateway.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatestTest {

    private final Latest<String, Integer> latest = new Latest<>(3);

    @Test
    void theEarliestMakesRoom() {
        for (String key : List.of("a", "b", "c", "a", "d")) {
            latest.put(key, key.length());
        }
        assertEquals(List.of("c", "a", "d"), List.copyOf(latest.take(9).keySet()));
    }

    @Test
    void ofManyTheLatestAreTakenAndTheOthersForgotten() {
        latest.put("a", 1);
        latest.put("b", 2);
        latest.put("c", 3);
        assertEquals(Map.of("b", 2, "c", 3), latest.take(2));
        assertEquals(Map.of(), latest.take(2));
    }

    @Test
    void whatComesBackTakesNobodysPlace() {
        latest.put("a", 1);
        latest.putIfAbsent("a", 0);
        latest.put("b", 2);
        latest.put("c", 3);
        latest.putIfAbsent("d", 4);
        assertEquals(Map.of("a", 1, "b", 2, "c", 3), latest.take(9));
    }
}
