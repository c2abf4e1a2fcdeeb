package dev.accepted.gateway.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is the same request, and what is another. */
class FingerprintTest {

    private static final long SEED = Long.getLong("fingerprint.seed", System.nanoTime());

    private static String canonical(String json) {
        return new String(CanonicalJson.of(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "white space            | ` { \"a\" : [ 1 , 2 ] } `         | {\"a\":[1,2]}",
                "order of members       | {\"b\":1,\"a\":{\"d\":2,\"c\":3}} | {\"a\":{\"c\":3,\"d\":2},\"b\":1}",
                "order of elements      | [2,1]                             | [2,1]",
                "names by UTF-16        | {\"\\ufb33\":1,\"\\ud83d\\ude02\":2,\"a\":3} | {\"a\":3,\"😂\":2,\"\ufb33\":1}",
                "nothing                | {\"a\":{},\"b\":[],\"c\":null}    | {\"a\":{},\"b\":[],\"c\":null}",
                "true and false         | [true,false]                      | [true,false]",
                "needless escapes       | \"\\u0061\\/\\u00e9\\ud83d\\ude02\" | \"a/é😂\"",
                "needed escapes         | \"\\\"\\\\\\n\\u0000\"            | \"\\\"\\\\\\u000a\\u0000\"",
                "half a character       | \"\\ud83d\"                       | \"\\ud83d\"",
                "an integer             | 7                                 | 7",
                "zeros behind           | 120                               | 12e1",
                "a fraction             | 120.0                             | 12e1",
                "an exponent            | 1.2E+2                            | 12e1",
                "a small number         | -0.0025                           | -25e-4",
                "zero                   | 0.000e7                           | 0",
                "zero below zero        | -0                                | 0",
                "more than a double has | 9007199254740993                  | 9007199254740993",
                "finer than a double    | 0.10000000000000000001            | 10000000000000000001e-20",
                "beyond any double      | 1e400000000000000000000           | 1e400000000000000000000",
            })
    void theCanonicalFormIsOneForAllSpellings(String what, String json, String canonical) {
        assertEquals(canonical, canonical(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1}          | {\"a\":2}",
                "{\"a\":1}          | {\"b\":1}",
                "{\"a\":1}          | {\"a\":\"1\"}",
                "{\"a\":1}          | {\"a\":1,\"b\":null}",
                "[1,2]              | [2,1]",
                "[[1],2]            | [1,[2]]",
                "9007199254740993   | 9007199254740992",
                "1e400              | 1e401",
                "\"a\"              | \"A\"",
                "\"é\"              | \"e\u0301\"",
                "null               | false",
                "{\"a\":{}}         | {\"a\":[]}",
            })
    void whatSaysSomethingElseIsAnother(String one, String other) {
        assertNotEquals(canonical(one), canonical(other));
    }

    @Test
    void itIsTheSha256OfTheCanonicalForm() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                HexFormat.of().formatHex(hash),
                Fingerprint.of(" {\"a\" :1.0}".getBytes(StandardCharsets.UTF_8)).hex());
    }

    @Test
    void theDeepestAndTheLongestThatIsTakenIsRead() {
        String deep = "[".repeat(65) + "]".repeat(65);
        assertEquals(deep, canonical(deep));
        String wide = "{\"b\":\"" + "x".repeat(5_000_000) + "\",\"a\":" + "7".repeat(1_000) + "}";
        assertTrue(canonical(wide).startsWith("{\"a\":777"));
    }

    @RepeatedTest(300)
    void howADocumentIsSpeltDoesNotMatterAndWhatItSaysDoes(RepetitionInfo repetition) throws Exception {
        long seed = SEED + repetition.getCurrentRepetition();
        Random chance = new Random(seed);
        Value document = value(chance, 4);
        String once = document.spelt(chance);
        String again = document.spelt(chance);
        assertEquals(canonical(once), canonical(again), () -> "fingerprint.seed=" + seed + "\n" + once + "\n" + again);
        assertEquals(canonical(once), canonical(canonical(once)), () -> "fingerprint.seed=" + seed);
        String other = new Value.Many(List.of(document, value(chance, 0))).spelt(chance);
        assertNotEquals(canonical("[" + once + "]"), canonical(other), () -> "fingerprint.seed=" + seed);
        new JsonMapper().readTree(canonical(once));
    }

    /** A document that can be spelt in many ways. */
    private interface Value {

        String spelt(Random chance);

        record Many(List<Value> items) implements Value {
            @Override
            public String spelt(Random chance) {
                return "["
                        + joined(items.stream().map(item -> item.spelt(chance)).toList(), chance) + "]";
            }
        }

        record Named(List<String> names, List<Value> values) implements Value {
            @Override
            public String spelt(Random chance) {
                List<String> members = new ArrayList<>();
                for (int i = 0; i < names.size(); i++) {
                    members.add(new Text(names.get(i)).spelt(chance) + blank(chance) + ":"
                            + values.get(i).spelt(chance));
                }
                Collections.shuffle(members, chance);
                return "{" + joined(members, chance) + "}";
            }
        }

        record Text(String text) implements Value {
            @Override
            public String spelt(Random chance) {
                StringBuilder json = new StringBuilder("\"");
                text.chars().forEach(c -> {
                    if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate((char) c) || chance.nextInt(3) == 0) {
                        json.append("\\u%04x".formatted(c));
                    } else {
                        json.append((char) c);
                    }
                });
                return json.append('"').toString();
            }
        }

        record Figure(long digits, int exponent) implements Value {
            @Override
            public String spelt(Random chance) {
                // A zero has no zeros behind it.
                int shift = digits == 0 ? 0 : chance.nextInt(4);
                String zeros = "0".repeat(shift);
                return switch (chance.nextInt(3)) {
                    case 0 -> digits + zeros + "e" + (exponent - shift);
                    case 1 -> digits + "." + zeros + "0E" + (exponent >= 0 ? "+" : "") + exponent;
                    default -> digits + "e" + exponent;
                };
            }
        }

        private static String joined(List<String> parts, Random chance) {
            return blank(chance) + String.join(blank(chance) + "," + blank(chance), parts) + blank(chance);
        }

        private static String blank(Random chance) {
            return List.of("", " ", "\n\t", "\r\n  ").get(chance.nextInt(4));
        }
    }

    private static Value value(Random chance, int depth) {
        int kind = chance.nextInt(depth == 0 ? 2 : 4);
        if (kind == 0) {
            return new Value.Figure(chance.nextLong() >> chance.nextInt(64), chance.nextInt(-20, 20));
        }
        if (kind == 1) {
            return new Value.Text(text(chance));
        }
        List<String> names = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (int i = chance.nextInt(5); i > 0; i--) {
            names.add(text(chance) + i);
            values.add(value(chance, depth - 1));
        }
        return kind == 2 ? new Value.Many(values) : new Value.Named(names, values);
    }

    private static String text(Random chance) {
        StringBuilder text = new StringBuilder();
        for (int i = chance.nextInt(6); i > 0; i--) {
            text.appendCodePoint(
                    List.of(0x61, 0x7a, 0x22, 0x5c, 0x0a, 0xe9, 0x20ac, 0x1f602).get(chance.nextInt(8)));
        }
        return text.toString();
    }
}
