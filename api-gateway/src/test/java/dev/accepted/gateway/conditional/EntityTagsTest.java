package dev.accepted.gateway.conditional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {

    private static final String CURRENT = EntityTags.strong(7);

    @ParameterizedTest
    @ValueSource(strings = {"\"7\"", "W/\"7\"", "*", "\"1\", \"7\"", "W/\"1\",W/\"7\"", "\"1\",  \"a,b\" ,\"7\""})
    void ifNoneMatchHoldsForTheCurrentTag(String header) {
        assertTrue(EntityTags.ifNoneMatchHolds(header, CURRENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"8\"", "7", "\"77\"", "", "\"1\",\"2\"", "w/\"1\""})
    void ifNoneMatchDoesNotHoldForOthers(String header) {
        assertFalse(EntityTags.ifNoneMatchHolds(header, CURRENT));
    }

    @Test
    void withoutTheHeaderNothingHolds() {
        assertFalse(EntityTags.ifNoneMatchHolds(null, CURRENT));
    }

    @Test
    void ifMatchComparesStrongly() {
        assertTrue(EntityTags.ifMatchHolds("\"6\", \"7\"", CURRENT));
        assertTrue(EntityTags.ifMatchHolds("*", CURRENT));
        assertFalse(EntityTags.ifMatchHolds("W/\"7\"", CURRENT));
    }

    @Test
    void ifMatchNeverHoldsForWhatIsNotThere() {
        assertFalse(EntityTags.ifMatchHolds("*", null));
        assertFalse(EntityTags.ifMatchHolds("\"7\"", null));
    }

    @Test
    void tagsAreQuoted() {
        assertEquals("\"7\"", CURRENT);
    }
}
