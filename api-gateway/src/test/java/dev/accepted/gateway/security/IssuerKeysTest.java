package dev.accepted.gateway.security;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import dev.accepted.gateway.http.Settings;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.system.GatewayConfig;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuerKeysTest {

    private static GatewayConfig config(String location) {
        return Settings.of(Map.of("accepted.jwt.public-key-location", location, "accepted.jwt.issuer", Tokens.ISSUER));
    }

    private static KeyPair elliptic() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static JwtClaimsBuilder claims() {
        return Tokens.claims("acme", "jobs:write");
    }

    private static String jwks(KeyPair pair, String id) {
        try {
            PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
            key.setKeyId(id);
            return new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anEllipticKeyInPemVerifies(@TempDir Path directory) throws GeneralSecurityException, IOException {
        KeyPair pair = elliptic();
        Path file = Files.writeString(
                directory.resolve("key.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        GatewayConfig config = config(file.toString());
        TokenVerifier verifier = new TokenVerifier(new IssuerKeys(config), config, new Barred(List::of));
        String token = claims().jws().algorithm(SignatureAlgorithm.ES256).sign(pair.getPrivate());
        assertEquals("acme", verifier.verify(token).tenant());
    }

    @Test
    void aKeySetInAFileVerifies(@TempDir Path directory) throws IOException {
        KeyPair pair = Tokens.generate();
        Path file = Files.writeString(directory.resolve("keys.json"), jwks(pair, "one"));
        GatewayConfig config = config(file.toUri().toString());
        TokenVerifier verifier = new TokenVerifier(new IssuerKeys(config), config, new Barred(List::of));
        assertEquals(
                "acme",
                verifier.verify(claims().jws().keyId("one").sign(pair.getPrivate()))
                        .tenant());
    }

    @Test
    void anUnknownKeyIsAskedForInTheBackground() throws IOException {
        KeyPair before = Tokens.generate();
        KeyPair after = Tokens.generate();
        AtomicReference<String> served = new AtomicReference<>("");
        HttpServer issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/keys", exchange -> {
            byte[] body = Objects.requireNonNull(served.get()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body.length == 0 ? 503 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        issuer.start();
        GatewayConfig config = config("http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys");
        IssuerKeys keys = new IssuerKeys(config);
        try {
            TokenVerifier verifier = new TokenVerifier(keys, config, new Barred(List::of));
            String old = claims().jws().keyId("before").sign(before.getPrivate());
            assertEquals(
                    503, assertThrows(Problem.class, () -> verifier.verify(old)).status());
            served.set(jwks(before, "before"));
            awaitVerified(verifier, old);
            served.set(jwks(after, "after"));
            String fresh = claims().jws().keyId("after").sign(after.getPrivate());
            assertEquals(
                    401,
                    assertThrows(Problem.class, () -> verifier.verify(fresh)).status());
            awaitVerified(verifier, fresh);
        } finally {
            keys.stop();
            issuer.stop(0);
        }
    }

    private static void awaitVerified(TokenVerifier verifier, String token) {
        await().atMost(Duration.ofSeconds(15))
                .ignoreExceptions()
                .until(() -> verifier.verify(token).tenant().equals("acme"));
    }
}
