package dev.accepted.gateway.preference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreferencesTest {

    private static Preferences of(String... headers) {
        return Preferences.of(List.of(headers));
    }

    private static long seconds(String... headers) {
        return of(headers).patience().toSeconds();
    }

    @Test
    void everyKnownPreferenceIsRead() {
        assertEquals(new Preferences(Duration.ofSeconds(10), true, true), of("respond-async, wait=10, return=minimal"));
        assertEquals(new Preferences(Duration.ofSeconds(10), true, true), of("Respond-Async,WAIT = 10,Return=minimal"));
        assertEquals(
                new Preferences(Duration.ofSeconds(10), true, true), of("respond-async", "wait=10", "return=minimal"));
        assertEquals(Preferences.NONE, of("return=representation"));
    }

    @Test
    void theFirstOfSeveralCounts() {
        assertEquals(3, seconds("wait=3, wait=7"));
        assertEquals(3, seconds("wait=3", "wait=7"));
        assertEquals(0, seconds("wait=x, wait=7"));
        assertEquals(Preferences.NONE, of("return=representation, return=minimal"));
    }

    @Test
    void aQuotedValueIsAsGoodAsAToken() {
        assertEquals(5, seconds("wait=\"5\""));
        assertEquals(5, seconds("wait=\"\\5\""));
        assertEquals(5, seconds("foo=\"a, wait=9; \\\" b\", wait=5"));
        assertEquals(new Preferences(Duration.ZERO, true, true), of("respond-async=\"\", return=\"minimal\""));
    }

    @Test
    void parametersAndWhatIsUnknownArePassedOver() {
        assertEquals(5, seconds("wait=5; foo; bar=\"a,b\", baz"));
        assertEquals(5, seconds("handling=lenient; wait=9, wait=5"));
        assertEquals(5, seconds("foo ; a = b,wait\t=\t5 ;c"));
        assertEquals(new Preferences(Duration.ZERO, true, false), of("depth-noroot, respond-async;x"));
    }

    @Test
    void whatDoesNotReadIsNoPreference() {
        for (String nonsense : List.of(
                "",
                " ",
                ",",
                ",,;",
                "=",
                "=5",
                "wait",
                "wait=",
                "wait=-1",
                "wait=1.5",
                "wait=5s",
                "wait=5 6",
                "wait 5",
                "wait==5",
                "wait=\"5",
                "\"wait\"=5",
                "wait=٥",
                "{}",
                "\\",
                "wait=5\"")) {
            assertEquals(Preferences.NONE, of(nonsense), nonsense);
        }
        assertEquals(5, seconds("=, (x), wait=5"));
    }

    @Test
    void nobodyWaitsLongerThanThirtySeconds() {
        assertEquals(30, seconds("wait=30"));
        assertEquals(30, seconds("wait=31"));
        assertEquals(30, seconds("wait=" + "9".repeat(5_000)));
        assertEquals(7, seconds("wait=" + "0".repeat(5_000) + "7"));
        assertEquals(0, seconds("wait=0"));
    }

    @Test
    void aHeaderOfAnyLengthIsRead() {
        assertEquals(4, seconds("x=\"" + "a".repeat(16_000) + "\", wait=4"));
        assertEquals(4, seconds(",".repeat(16_000) + "wait=4"));
    }
}
