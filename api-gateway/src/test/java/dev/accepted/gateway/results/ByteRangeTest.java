package dev.accepted.gateway.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.accepted.gateway.results.ByteRange.Asked;
import dev.accepted.gateway.results.ByteRange.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    private static final long SIZE = 100;

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,0,0", "bytes=10-19,10,19", "bytes=90-,90,99", "bytes=99-,99,99", "bytes=50-1000,50,99",
        "bytes=-1,99,99", "bytes=-100,0,99", "bytes=-500,0,99", "' bytes = 3 - 5 ',3,5",
                "bytes=0-999999999999999999,0,99"
    })
    void oneRangeIsHonoured(String header, long first, long last) {
        Asked asked = ByteRange.of(header, SIZE);

        assertEquals(Kind.PART, asked.kind());
        assertEquals(new ByteRange(first, last), asked.range());
        assertEquals(last - first + 1, asked.range().length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0", "bytes=5000-5001"})
    void oneThatLiesOutsideIsNot(String header) {
        assertEquals(Kind.UNSATISFIABLE, ByteRange.of(header, SIZE).kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=0-1,5-6",
                "items=0-1",
                "bytes=5-4",
                "bytes=-",
                "bytes=a-b",
                "bytes 0-1",
                "",
                "bytes=0-99999999999999999999999"
            })
    void whatIsNoSingleRangeIsPassedOver(String header) {
        assertEquals(Kind.WHOLE, ByteRange.of(header, SIZE).kind());
    }

    @Test
    void withoutTheHeaderItIsTheWhole() {
        assertEquals(new ByteRange(0, 99), ByteRange.of(null, SIZE).range());
    }

    @Test
    void ofNothingNoRangeCanBeHad() {
        assertEquals(Kind.UNSATISFIABLE, ByteRange.of("bytes=0-", 0).kind());
        assertEquals(Kind.UNSATISFIABLE, ByteRange.of("bytes=-1", 0).kind());
        assertEquals(0, ByteRange.of(null, 0).range().length());
    }
}
