package dev.accepted.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.accepted.gateway.http.Settings;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.system.GatewayConfig;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenVerifierTest {

    private final KeyPair pair = Tokens.generate();

    @Test
    void inProductionATokenMustNameItsTenant(@TempDir Path directory) throws IOException {
        TokenVerifier verifier = production(directory);
        String token = Jwt.claims().audience("accepted").expiresIn(60).sign(pair.getPrivate());
        Problem refusal = assertThrows(Problem.class, () -> verifier.verify(token));
        assertEquals("invalid-token", refusal.slug());
    }

    @Test
    void theScopesAreTheWordsOfTheClaim(@TempDir Path directory) throws IOException {
        Caller caller = production(directory)
                .verify(Jwt.claims()
                        .audience("accepted")
                        .expiresIn(60)
                        .claim("tenant", "acme")
                        .claim("scope", "jobs:read  operations")
                        .sign(pair.getPrivate()));
        assertEquals(Set.of("jobs:read", "operations"), caller.scopes());
        assertEquals(false, caller.anonymous());
    }

    private TokenVerifier production(Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("key.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        GatewayConfig config = Settings.of(Map.of("accepted.jwt.public-key-location", file.toString()));
        return new TokenVerifier(new IssuerKeys(config), config, new Barred(List::of));
    }
}
