package dev.accepted.cli.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.accepted.cli.files.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenIssuerTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path directory;

    @Test
    void aTokenSaysWhoMayDoWhatUntilWhen() throws Exception {
        Secrets secrets = Secrets.prepare(DataDirectory.of(directory));
        String token = new TokenIssuer(secrets.privateKey(), secrets.issuer(), InstantSource.fixed(NOW))
                .issue("me", "acme", "jobs:read jobs:write");

        JsonWebSignature signature = new JsonWebSignature();
        signature.setCompactSerialization(token);
        signature.setKey(publicKey(secrets));
        assertEquals(AlgorithmIdentifiers.RSA_USING_SHA256, signature.getAlgorithmHeaderValue());
        var claims = Json.read(signature.getPayload().getBytes(StandardCharsets.UTF_8));
        assertEquals(secrets.issuer(), claims.get("iss").textValue());
        assertEquals("accepted", claims.get("aud").textValue());
        assertEquals("me", claims.get("sub").textValue());
        assertEquals("acme", claims.get("tenant").textValue());
        assertEquals("jobs:read jobs:write", claims.get("scope").textValue());
        assertEquals(NOW.getEpochSecond(), claims.get("iat").longValue());
        assertEquals(NOW.getEpochSecond() + 12 * 3600, claims.get("exp").longValue());
    }

    @Test
    void keysAreMadeOnceAndForTheOwnerAlone() throws Exception {
        DataDirectory data = DataDirectory.of(directory);
        String first = Secrets.prepare(data).idKey();
        byte[] publicKey = Files.readAllBytes(Secrets.of(data).publicKeyFile());

        assertEquals(first, Secrets.prepare(data).idKey());
        assertEquals(32, Base64.getDecoder().decode(first).length);
        assertEquals(
                new String(publicKey, StandardCharsets.US_ASCII),
                Files.readString(Secrets.prepare(data).publicKeyFile()));
        try (var files = Files.list(data.secrets())) {
            for (Path file : files.toList()) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
    }

    @Test
    void everyDirectoryHasItsOwnIssuer() {
        assertEquals(issuer("a"), issuer("a"));
        assertNotEquals(issuer("a"), issuer("b"));
    }

    private String issuer(String name) {
        return Secrets.of(DataDirectory.of(directory.resolve(name))).issuer();
    }

    private static PublicKey publicKey(Secrets secrets) throws Exception {
        String base64 = Files.readString(secrets.publicKeyFile()).replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }
}
