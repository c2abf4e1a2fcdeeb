package dev.accepted.gateway.security;

import dev.accepted.gateway.problem.Problem;

/** The answers to callers who may not, each with the challenge of RFC 6750. */
final class Refusals {

    private static final String CHALLENGE = "WWW-Authenticate";
    private static final String REALM = "Bearer realm=\"jobs\"";

    private Refusals() {}

    static Problem authenticationRequired() {
        return Problem.of(
                        401,
                        "authentication-required",
                        "Authentication required",
                        "This needs a bearer token: send it as Authorization: Bearer <token>.")
                .withHeader(CHALLENGE, REALM);
    }

    static Problem invalidToken(String why) {
        return Problem.of(401, "invalid-token", "Invalid token", why)
                .withHeader(CHALLENGE, REALM + ", error=\"invalid_token\"");
    }

    static Problem malformedAuthorization(String why) {
        return Problem.of(400, "invalid-authorization", "Malformed Authorization", why)
                .withHeader(CHALLENGE, REALM + ", error=\"invalid_request\"");
    }

    static Problem insufficientScope(String scope) {
        return Problem.of(
                        403,
                        "insufficient-scope",
                        "Insufficient scope",
                        "The token is valid, but this needs one with the scope " + scope + ".")
                .with("scope", scope)
                .withHeader(CHALLENGE, REALM + ", error=\"insufficient_scope\", scope=\"" + scope + "\"");
    }

    static Problem tenantSuspended() {
        return Problem.of(
                403,
                "tenant-suspended",
                "Tenant suspended",
                "Nothing is served to this tenant at present. Jobs that were accepted before go on.");
    }

    static Problem keysNotThereYet() {
        return Problem.of(
                        503,
                        "temporary-reduced-capacity",
                        "Temporarily reduced capacity",
                        "The issuer's keys have not been read yet, so tokens cannot be verified. They are asked for"
                                + " again every few seconds.")
                .withHeader("Retry-After", "5");
    }
}
