package dev.accepted.gateway.submission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ \"a\" : [ 1 , 2.50e3 ] }",
                "{\"é\":\"\\u00e9 \uD83D\uDE00 \\\"}\"}",
                "[[],[[]]]",
                "\"text\"",
                "-12.5",
                "true",
                "null"
            })
    void theInputsBytesAreCutOutAsTheyCame(String input) {
        for (String around : new String[] {
            "{\"input\":%s}", "{\"type\":\"x\",\n\"input\" :\t%s\n, \"tags\":{\"a\":\"b\"}}", "\uFEFF{\"input\":%s }"
        }) {
            Envelope envelope = Envelope.of(around.formatted(input).getBytes(StandardCharsets.UTF_8));
            assertEquals(input, new String(envelope.inputBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aLongInputIsCutOutToo() {
        String input = "{\"data\":[" + "[1.25,2.5],".repeat(100_000) + "[0,0]]}";
        Envelope envelope = Envelope.of(("{\"type\":\"x\",\"input\":" + input + "}").getBytes(StandardCharsets.UTF_8));
        assertEquals(input, new String(envelope.inputBytes(), StandardCharsets.UTF_8));
    }
}
