package dev.accepted.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdKeyRulesTest {

    /** A key as files of this repository give it. */
    private static final Pattern GIVEN = Pattern.compile(
            "(?:(?i:id[-_]key)\"?\\s*[:=,]\\s*\"?|\\bKEY = \")([A-Za-z0-9+/]{16,}={0,2})(?:\"(?!\\.getBytes)|\\s)");

    private static String encoded(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "changeme",
                "0123456789abcdef",
                "a key for the tests of workers",
                "this is a long pass phrase"
            })
    void whatSomebodyTypedIsNoSecret(String text) {
        assertTrue(IdKeyRules.faultOf(encoded(text.getBytes(StandardCharsets.US_ASCII)))
                .isPresent());
    }

    @Test
    void whatRepeatsItselfIsNoSecret() {
        byte[] key = new byte[32];
        assertTrue(IdKeyRules.faultOf(encoded(key)).isPresent());
        Arrays.fill(key, (byte) 0xa7);
        assertTrue(IdKeyRules.faultOf(encoded(key)).isPresent());
    }

    @Test
    void chanceIsASecretIfThereIsEnoughOfIt() {
        SecureRandom chance = new SecureRandom();
        for (int i = 0; i < 1_000; i++) {
            byte[] key = new byte[32];
            chance.nextBytes(key);
            assertEquals(Optional.empty(), IdKeyRules.faultOf(encoded(key)));
            assertTrue(IdKeyRules.faultOf(encoded(Arrays.copyOf(key, 15))).isPresent());
        }
    }

    @Test
    void noKeyThatStandsInThisRepositoryIsASecret() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            Matcher given = GIVEN.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            while (given.find()) {
                found.add(given.group(1));
            }
        }
        assertFalse(found.isEmpty(), "The pattern finds nothing any more");
        for (String key : found) {
            assertTrue(IdKeyRules.faultOf(key).isPresent(), key);
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(".."))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*/(target|\\.git|\\.accepted)/.*"))
                    .filter(file ->
                            file.toString().matches(".*\\.(java|yml|yaml|properties|md|env|json)|.*/deploy/[^.]*"))
                    .toList();
        }
    }
}
