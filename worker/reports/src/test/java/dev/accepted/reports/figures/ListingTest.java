package dev.accepted.reports.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListingTest {

    @Test
    void namesAreJoinedAsInASentence() {
        assertEquals("a", Listing.of(List.of("a"), 3));
        assertEquals("a and b", Listing.of(List.of("a", "b"), 3));
        assertEquals("a, b and c", Listing.of(List.of("a", "b", "c"), 3));
    }

    @Test
    void namesBeyondTheLimitAreCounted() {
        assertEquals("a, b, c and 2 more", Listing.of(List.of("a", "b", "c", "d", "e"), 3));
    }
}
