package dev.accepted.gateway.security;

import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.system.GatewayConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.Key;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/** Makes a caller of a signed token. Computes only; safe for use by many threads. */
@ApplicationScoped
class TokenVerifier {

    private static final int CLOCK_SKEW_SECONDS = 30;
    private static final int LONGEST_TENANT = 255;

    private final IssuerKeys keys;
    private final String tenantClaim;
    private final boolean tenantRequired;
    private final Barred barred;
    private final JwtConsumer consumer;

    TokenVerifier(IssuerKeys keys, GatewayConfig config, Barred barred) {
        this.keys = keys;
        this.barred = barred;
        this.tenantClaim = config.jwt().tenantClaim();
        this.tenantRequired = config.mode() != GatewayConfig.Mode.LOCAL;
        JwtConsumerBuilder rules = new JwtConsumerBuilder()
                // Asymmetric only: a public key must never be taken for the secret of a MAC.
                .setJwsAlgorithmConstraints(
                        AlgorithmConstraints.ConstraintType.PERMIT,
                        AlgorithmIdentifiers.RSA_USING_SHA256,
                        AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
                .setVerificationKeyResolver((signature, outer) -> keyOf(signature))
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                .setExpectedAudience(config.jwt().audience());
        config.jwt().issuer().ifPresent(rules::setExpectedIssuer);
        this.consumer = rules.build();
    }

    /**
     * The caller that a token proves.
     *
     * @throws Problem 401 for a token that does not verify, has expired, is for another audience, names no tenant
     *     or was revoked; 503 while the issuer's keys have not been read
     */
    Caller verify(String token) {
        if (keys.all() == null) {
            throw Refusals.keysNotThereYet();
        }
        try {
            return caller(consumer.processToClaims(token));
        } catch (InvalidJwtException e) {
            throw Refusals.invalidToken(reason(e));
        } catch (MalformedClaimException e) {
            throw Refusals.invalidToken("A claim of the token is of the wrong type.");
        }
    }

    private Key keyOf(JsonWebSignature signature) throws UnresolvableKeyException {
        try {
            List<JsonWebKey> known = keys.all();
            JsonWebKey key = new VerificationJwkSelector().select(signature, known == null ? List.of() : known);
            if (key != null) {
                return key.getKey();
            }
        } catch (JoseException e) {
            throw new UnresolvableKeyException("no key fits", e);
        }
        keys.missed();
        throw new UnresolvableKeyException("no such key");
    }

    private static String reason(InvalidJwtException e) {
        if (e.hasExpired()) {
            return "The token has expired; get a fresh one.";
        }
        if (e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return "The token is meant for another audience.";
        }
        if (e.hasErrorCode(ErrorCodes.ISSUER_INVALID) || e.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
            return "The token is of another issuer.";
        }
        return "The token's signature or form does not verify.";
    }

    private Caller caller(JwtClaims claims) throws MalformedClaimException {
        barred.requireValid(claims);
        String subject = claims.getSubject();
        return new Caller(tenant(claims), subject == null ? "unnamed" : subject, scopes(claims), false);
    }

    private String tenant(JwtClaims claims) {
        Object tenant = claims.getClaimValue(tenantClaim);
        if (tenant == null && !tenantRequired) {
            return Caller.LOCAL_TENANT;
        }
        if (tenant instanceof String name && !name.isBlank() && name.length() <= LONGEST_TENANT) {
            return name;
        }
        throw Refusals.invalidToken("The token names no tenant in its claim " + tenantClaim + ".");
    }

    /** The claim {@code scope} as RFC 8693 has it, words in one string; a list of words is taken too. */
    private static Set<String> scopes(JwtClaims claims) {
        Object scope = claims.getClaimValue("scope");
        Set<String> words = new HashSet<>();
        if (scope instanceof String text) {
            words.addAll(Arrays.asList(text.split(" ")));
        } else if (scope instanceof List<?> list) {
            list.forEach(word -> words.add(String.valueOf(word)));
        }
        words.remove("");
        return Set.copyOf(words);
    }
}
