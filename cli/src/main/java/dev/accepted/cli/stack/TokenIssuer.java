package dev.accepted.cli.stack;

import dev.accepted.cli.terminal.Refusal;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Signs tokens that the gateways of one stack accept (JWT, RS256). */
public final class TokenIssuer {

    /** All that a client and an operator may do. */
    public static final String EVERY_SCOPE = "jobs:read jobs:write campaigns:write operations";

    /** The tenant of a local stack whom also anonymous clients belong to. */
    public static final String LOCAL_TENANT = "local";

    private static final Duration LIFETIME = Duration.ofHours(12);

    private final PrivateKey key;
    private final String issuer;
    private final InstantSource clock;

    TokenIssuer(PrivateKey key, String issuer, InstantSource clock) {
        this.key = key;
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * A token that is good for twelve hours.
     *
     * @param subject who acts, for the log
     * @param scope separated by spaces
     */
    public String issue(String subject, String tenant, String scope) {
        Instant now = clock.instant();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setAudience(Secrets.AUDIENCE);
        claims.setSubject(subject);
        claims.setGeneratedJwtId();
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(LIFETIME).getEpochSecond()));
        claims.setStringClaim("tenant", tenant);
        claims.setStringClaim("scope", scope);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key);
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setHeader("typ", "JWT");
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new Refusal("The token cannot be signed: " + e.getMessage(), e);
        }
    }
}
