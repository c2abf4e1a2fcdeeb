package dev.accepted.gateway.http;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Signs bearer tokens with a key made for this JVM. */
public final class Tokens {

    public static final String ISSUER = "https://issuer.example";
    private static final String PROPERTY = "accepted.test.private-key";

    private Tokens() {}

    static Path publicKeyIn(Path directory) throws IOException {
        KeyPair pair = generate();
        // Test and application have class loaders of their own; the system properties are what both see.
        System.setProperty(
                PROPERTY, Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(pair.getPublic().getEncoded());
        return Files.writeString(
                directory.resolve("issuer.pem"),
                "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n");
    }

    public static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PrivateKey key() {
        try {
            byte[] encoded = Base64.getDecoder().decode(System.getProperty(PROPERTY));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Claims of a token that is valid for five minutes. */
    public static JwtClaimsBuilder claims(String tenant, String scope) {
        return Jwt.claims()
                .issuer(ISSUER)
                .subject("somebody")
                .audience("accepted")
                .expiresIn(300)
                .claim("tenant", tenant)
                .claim("scope", scope);
    }

    /** The value of an Authorization header. */
    public static String bearer(String tenant, String scope) {
        return bearer(claims(tenant, scope));
    }

    public static String bearer(JwtClaimsBuilder claims) {
        return "Bearer " + claims.sign(key());
    }
}
