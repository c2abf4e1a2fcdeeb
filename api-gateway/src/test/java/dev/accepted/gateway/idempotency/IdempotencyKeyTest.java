package dev.accepted.gateway.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.accepted.gateway.problem.Problem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdempotencyKeyTest {

    private static String read(String value) {
        return IdempotencyKey.of(List.of(value)).orElseThrow().text();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a string                 | \"8e03978e-40d5-43e8-bc93-6894a57f9324\" | 8e03978e-40d5-43e8-bc93-6894a57f9324",
                "one character            | \"a\"                                    | a",
                "a space inside           | \"order 7, again\"                       | order 7, again",
                "spaces alone             | \"  \"                                   | `  `",
                "an escaped quote         | \"a\\\"b\"                               | a\"b",
                "an escaped backslash     | \"a\\\\b\"                               | a\\b",
                "a semicolon inside       | \"a;b=c\"                                | a;b=c",
                "a parameter              | \"a\";v=1                                | a",
                "a flag                   | \"a\"; first                             | a",
                "parameters of all kinds  | \"a\";b=\"x;\";c=tok;d=1.5;e=?0;f=:aGk=: | a",
                "a bare UUID              | 8e03978e-40d5-43e8-bc93-6894a57f9324     | 8e03978e-40d5-43e8-bc93-6894a57f9324",
                "a bare word              | order/7:retry_1.~                        | order/7:retry_1.~",
                "bare Base64              | mF_9.B5f-4+1JqM==                        | mF_9.B5f-4+1JqM==",
                "a bare number            | 7                                        | 7",
                "a bare ULID              | 01J8ZWWG0FAY8                            | 01J8ZWWG0FAY8",
                "spaces around            | `  \"a\"  `                              | a",
            })
    void whatIsAKeyIsRead(String name, String value, String key) {
        assertEquals(key, read(value));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nothing                  | ``",
                "an empty string          | \"\"",
                "an open string           | \"a",
                "a quote inside           | \"a\"b\"",
                "a lone backslash         | \"a\\b\"",
                "not ASCII                | \"é\"",
                "a bare word not of ASCII | é",
                "a tab                    | `\"a\tb\"`",
                "two words                | a b",
                "two strings              | \"a\", \"b\"",
                "two bare words           | a,b",
                "a bare semicolon         | a;b",
                "something behind         | \"a\"b",
                "a parameter without name | \"a\";=1",
                "a parameter in capitals  | \"a\";V=1",
                "a parameter cut short    | \"a\";v=",
                "single quotes            | 'a b'",
                "a list                   | (\"a\")",
            })
    void whatIsNoneIsRefused(String name, String value) {
        assertRefused(List.of(value));
    }

    private static void assertRefused(List<String> values) {
        Problem problem = assertThrows(Problem.class, () -> IdempotencyKey.of(values));
        assertEquals(400, problem.status());
        assertEquals("idempotency-key-invalid", problem.slug());
        assertEquals(
                "</problems/idempotency-key-invalid>; rel=\"describedby\"",
                problem.headers().get("Link"));
    }

    @Test
    void theLongestKeyHas255Characters() {
        String longest = "x".repeat(255);
        assertEquals(longest, read("\"" + longest + "\""));
        assertEquals(longest, read(longest));
        String quotes = "\\\"".repeat(255);
        assertEquals(255, read("\"" + quotes + "\"").length());
        assertRefused(List.of("\"x" + longest + "\""));
        assertRefused(List.of("x" + longest));
    }

    @Test
    void aHeaderThatCameTwiceIsRefusedAlsoWithOneAndTheSameKey() {
        assertRefused(List.of("\"a\"", "\"a\""));
    }

    @Test
    void noHeaderIsNoKey() {
        assertEquals(Optional.empty(), IdempotencyKey.of(List.of()));
    }

    @Test
    void aHostileHeaderTakesNoTime() {
        assertRefused(List.of("\"" + "\\\"".repeat(4_000)));
        assertRefused(List.of("\"a\"" + ";a=1".repeat(2_000) + ";"));
    }
}
